"""The help of the command line in Vietnamese; it is written in English where the commands are."""

# ruff: noqa: E501 - a sentence is easier to proof-read on one line
from typing import Final

EXAMPLES_VI: Final = ("Examples", "Ví dụ")
PANELS_VI: Final = {"argument": "Tham số", "option": "Tuỳ chọn", "command": "Lệnh"}

HELP_VI: Final = {
    "Ask a collection of documents; it answers only with its sentences, word for word, each cited.\n\nWhere it finds no sure answer it says so.": "Hỏi một bộ sưu tập tài liệu; nó chỉ trả lời bằng nguyên văn câu trong đó, câu nào cũng ghi nguồn.\n\nKhông tìm thấy câu trả lời chắc chắn thì nó nói vậy.",
    "Show this message and exit.": "Hiện trợ giúp này.",
    "File of settings. Default: TRICHDAN_ENV_FILE, or .env.": "Tệp cài đặt. Mặc định: TRICHDAN_ENV_FILE, hoặc .env.",
    "Answer from the sample collection, to try the bot.": "Trả lời từ bộ sưu tập mẫu, để dùng thử bot.",
    "Print the version.": "Hiện phiên bản chương trình.",
    "Install completion for the current shell.": "Cài phần tự điền lệnh cho shell đang dùng.",
    "Show completion for the current shell, to copy it or customize the installation.": "Hiện phần tự điền lệnh cho shell đang dùng, để chép hay sửa.",
    "Explain a command, or one of: completion, exit-status, settings.": "Giải thích một lệnh, hoặc một trong: completion, exit-status, settings.",
    "A topic, or the words of a command.": "Một chủ đề, hoặc tên một lệnh.",
    # init, doctor
    "Write the file of settings, build the index, and say the next command; asks for what is not given.": "Ghi tệp cài đặt, lập chỉ mục và cho biết lệnh tiếp theo; hỏi những gì chưa nêu.",
    "A file or folder of documents; may be repeated.": "Một tệp hay thư mục tài liệu; có thể nêu nhiều lần.",
    "Language of the program itself.": "Ngôn ngữ chương trình tự nói.",
    "Read the token of the bot from standard input.": "Đọc token của bot từ đầu vào chuẩn.",
    "Build the index at once.": "Lập chỉ mục ngay.",
    "Look at settings, data directory, models, index, memory, clock and Telegram; say what to do.\n\nExit status 1 where something has to be done.": "Xem cài đặt, thư mục dữ liệu, mô hình, chỉ mục, bộ nhớ, đồng hồ và Telegram; cho biết cần làm gì.\n\nMã kết thúc 1 nếu có việc phải làm.",
    "Do not ask Telegram whether it can be reached.": "Không hỏi xem có tới được Telegram không.",
    # ask, chat, eval, bot
    "Answer with sentences of the collection, word for word, each with its citation.\n\nExit status: 0 found, 3 no sure answer, 2 a question or option that cannot be used, 1 a fault.\n\nExit status for several questions: 0 when at least one was found, else 3, or 2 when none could be used.": "Trả lời bằng nguyên văn câu trong bộ sưu tập, câu nào cũng ghi nguồn.\n\nMã kết thúc: 0 tìm thấy, 3 không có câu trả lời chắc chắn, 2 câu hỏi hay tuỳ chọn không dùng được, 1 có lỗi.\n\nKhi hỏi nhiều câu: 0 nếu có ít nhất một câu tìm thấy, không thì 3, hoặc 2 nếu không câu nào dùng được.",
    "The question; - reads one a line from standard input.": "Câu hỏi; dấu - đọc mỗi dòng một câu từ đầu vào chuẩn.",
    "At most so many quotes. Default: TRICHDAN_TOP, or 3.": "Nhiều nhất bấy nhiêu câu trích. Mặc định: TRICHDAN_TOP, hoặc 3.",
    "Show the best ranked sentences (10, or --top), the unlikely ones marked.": "Hiện các câu xếp hạng cao nhất (10, hoặc --top), câu ít chắc có đánh dấu.",
    "Say why each sentence stands where it does, and why the question was answered or not.": "Cho biết vì sao mỗi câu đứng ở đó, và vì sao câu hỏi được trả lời hay không.",
    "Only documents of this day or later: 2024-04-22.": "Chỉ tài liệu từ ngày này trở đi: 22/4/2024.",
    "Only documents of this day or earlier.": "Chỉ tài liệu đến hết ngày này.",
    "Only documents of this outlet, by its name or host.": "Chỉ tài liệu của báo này, theo tên hay tên miền.",
    "Write JSON, as docs/json.md describes it.": "Xuất JSON, như docs/json.md mô tả.",
    "Folder of the index. Default: TRICHDAN_DATA_DIR, or .data.": "Thư mục của chỉ mục. Mặc định: TRICHDAN_DATA_DIR, hoặc .data.",
    "Ask question after question: arrow keys edit and go back in history, Ctrl-D leaves.\n\nA question such as \"còn Đức thì sao?\" or \"what about Germany?\" goes on with the one before.": "Hỏi hết câu này đến câu khác: phím mũi tên để sửa và gọi lại câu cũ, Ctrl-D để thoát.\n\nCâu như “còn Đức thì sao?” hỏi tiếp câu trước đó.",
    "Answer in Telegram until a signal ends it; needs TRICHDAN_TELEGRAM_TOKEN.": "Trả lời trong Telegram cho đến khi bị dừng; cần TRICHDAN_TELEGRAM_TOKEN.",
    "Log every request too, still without the token.": "Ghi nhật ký cả từng yêu cầu, vẫn không ghi token.",
    "Measure how well the questions of a file are answered, by kind.\n\nRecall and MRR look at the ranking, below the threshold too; a quote is right when it covers more than half of an expected place. Answered is the share of questions with an answer in the collection that got quotes, refused the share of the others that got none.": "Đo xem các câu hỏi trong một tệp được trả lời tốt đến đâu, theo từng loại.\n\nRecall và MRR xét thứ hạng, kể cả dưới ngưỡng; câu trích là đúng khi phủ hơn nửa chỗ mong đợi. Answered là tỉ lệ câu có lời đáp mà được trả lời, refused là tỉ lệ câu không có lời đáp mà bị từ chối.",
    "Questions, one JSON object a line.": "Các câu hỏi, mỗi dòng một đối tượng JSON.",
    # index
    "Build, change, list, check and roll back the index.": "Lập, thay đổi, liệt kê, kiểm tra và quay lại chỉ mục.",
    "Build an index from files and folders, and answer from it from then on.\n\nUntil the new index is complete and checked the old one answers. What cannot be read is named on standard error, and the rest is built. A build that was interrupted goes on where it was.": "Lập chỉ mục từ tệp và thư mục, từ đó trả lời bằng chỉ mục này.\n\nCho đến khi chỉ mục mới xong và được kiểm tra, chỉ mục cũ vẫn trả lời. Tệp không đọc được thì được nêu tên, phần còn lại vẫn lập. Lần lập bị ngắt giữa chừng sẽ làm tiếp từ chỗ đó.",
    "Files, and folders with all below them. Default: TRICHDAN_SOURCES, or the sample.": "Tệp, và thư mục với mọi thứ bên trong. Mặc định: TRICHDAN_SOURCES, hoặc bộ sưu tập mẫu.",
    "Name each file and row that is left out, however many.": "Nêu tên từng tệp và dòng bị bỏ qua, dù nhiều đến đâu.",
    "The column of tables that holds the text. Default: TRICHDAN_TEXT_COLUMN.": "Cột chứa chữ của bảng. Mặc định: TRICHDAN_TEXT_COLUMN.",
    "Publish whatever TRICHDAN_QUESTIONS_FILE asks.": "Vẫn dùng chỉ mục mới dù không qua được TRICHDAN_QUESTIONS_FILE.",
    "Add the documents of files, folders and addresses; each takes the place of the one with its id.\n\nOnly what is new is read into the index, and the old one answers meanwhile. `index refresh` asks the addresses again.": "Thêm tài liệu từ tệp, thư mục và địa chỉ; tài liệu cùng mã được thay bằng bản mới.\n\nChỉ phần mới được đưa vào, trong lúc đó chỉ mục cũ vẫn trả lời. `index refresh` hỏi lại các địa chỉ.",
    "Files, folders with all below them, and addresses of pages, files and feeds.": "Tệp, thư mục với mọi thứ bên trong, và địa chỉ của trang, tệp và nguồn tin.",
    "Take in what is new or has changed in files and folders; what has not changed costs nothing.\n\nDocuments are compared by what they hold, not by the times of their files. What came from elsewhere, by `index add` or through Telegram, stays.\n\nWhile a file or folder cannot be read, nothing is removed, and the exit status is 1.": "Cập nhật những gì mới hay đã đổi trong tệp và thư mục; những gì không đổi không tốn công.\n\nTài liệu được so theo nội dung, không theo giờ của tệp. Những gì đến từ nơi khác, bằng `index add` hay qua Telegram, vẫn ở lại.\n\nKhi có tệp hay thư mục không đọc được thì không bỏ tài liệu nào, và mã thoát là 1.",
    "Files and folders. Default: TRICHDAN_SOURCES.": "Tệp và thư mục. Mặc định: TRICHDAN_SOURCES.",
    "Remove also the documents that came from these paths and are not there any more.": "Bỏ cả những tài liệu đến từ các đường dẫn này mà nay không còn ở đó.",
    "Go on at every change, until Ctrl-C. With --delete.": "Làm tiếp mỗi khi có thay đổi, đến khi bấm Ctrl-C. Kèm --delete.",
    "Ask the addresses that were added again, and take in what is new or has changed.\n\nWhat has not changed is not sent again. The document of a page that is gone for good (410) is removed; of one that is not found (404) it stays, and the page is named.": "Hỏi lại các địa chỉ đã thêm, và cập nhật những gì mới hay đã đổi.\n\nNhững gì không đổi không phải tải lại. Trang đã bị gỡ hẳn (410) thì bỏ tài liệu của nó; trang không tìm thấy (404) thì giữ lại và nêu tên.",
    "Remove documents; nothing of them is found or quoted any more. An unknown one removes nothing.\n\nAn address that is removed is not asked again by `index refresh`; of a feed the articles stay.": "Bỏ tài liệu; không còn tìm thấy hay trích gì từ chúng nữa. Có mã không biết thì không bỏ gì.\n\nĐịa chỉ đã bỏ không được `index refresh` hỏi lại; bài của một nguồn tin vẫn ở lại.",
    "As `index list` names them; also a feed's address.": "Như `index list` ghi; cũng có thể là địa chỉ một nguồn tin.",
    "List the documents of the index that answers, by their ids. Exit status 3 when there is none.": "Liệt kê tài liệu của chỉ mục đang trả lời, theo mã. Mã kết thúc 3 nếu không có tài liệu nào.",
    "Only titles that hold these words, accents or none.": "Chỉ tài liệu có những từ này trong tên, có dấu hay không dấu.",
    "Show a document: what it says of itself, and its sentences, each with its line.": "Hiện một tài liệu: thông tin của nó, và các câu, mỗi câu kèm số dòng.",
    "As `index list` names it.": "Như `index list` ghi.",
    "Write all documents as JSONL, a document a line; `index build` makes the same index of it again.\n\nAn index of an earlier version is read as well.": "Xuất mọi tài liệu thành JSONL, mỗi dòng một tài liệu; `index build` lập lại được đúng chỉ mục ấy.\n\nChỉ mục do bản cũ lập cũng đọc được.",
    "Make the index of its own documents anew, as this version and its encoder do.\n\nEvery earlier version is read. The old index stays until the new one is complete and checked.": "Lập lại chỉ mục từ chính tài liệu của nó, theo bản này và bộ mã hoá của nó.\n\nĐọc được mọi bản cũ. Chỉ mục cũ được giữ đến khi chỉ mục mới xong và được kiểm tra.",
    "Prove that the index is sound: every byte, every offset, every vector. Exit status 1 when it is not.": "Chứng minh chỉ mục nguyên vẹn: từng byte, từng vị trí, từng vectơ. Mã kết thúc 1 nếu không.",
    "List the generations of the index, oldest first; * marks the one that answers.": "Liệt kê các phiên bản của chỉ mục, cũ trước; dấu * là bản đang trả lời.",
    "Answer from an older generation again: the one named, or the newest sound one before.": "Trả lời lại bằng một phiên bản cũ hơn: bản được nêu, hoặc bản nguyên vẹn ngay trước đó.",
    "As `index generations` does.": "Như `index generations` ghi.",
}  # fmt: skip

"""Why something was left out of the collection, or cannot be done, in the language of the person.

The program says it in English, one sentence a case. Here, and in `bot.texts.fault_reasons`, each of these sentences
has its Vietnamese one; a test goes through the source and finds those that have none.
"""

# ruff: noqa: E501 - a sentence is easier to proof-read on one line
import errno
import os
import re
from functools import cache
from typing import Final

from bot.texts.fault_reasons import FAULTS_VI

_VI: Final = (
    # First, because another sentence follows in it.
    ("There is no document to index. {why}", "Không có tài liệu nào để lập chỉ mục. {why}"),
    ("The name of {name} is not valid UTF-8; rename it.", "Tên {name} không đúng UTF-8; bạn đổi tên nhé."),
    ("The sample collection is missing; install Trích Dẫn again, or name documents of your own.", "Thiếu bộ sưu tập mẫu; bạn cài lại Trích Dẫn, hoặc nêu tài liệu của mình nhé."),
    # Any file.
    ("{name} is empty; left out.", "{name} không có nội dung nên bị bỏ qua."),
    ("{name} holds no text; left out.", "{name} không có chữ nào nên bị bỏ qua."),
    ("{name} holds no prose (encoded data, markup or a program); left out.", "{name} không có văn xuôi (chỉ có dữ liệu mã hoá, mã đánh dấu hoặc chương trình) nên bị bỏ qua."),
    ("{name} holds no document that can be read; left out.", "{name} không có tài liệu nào đọc được nên bị bỏ qua."),
    ("{name} is of a kind that cannot be read (known: {known}); left out.", "{name} thuộc loại mình không đọc được (đọc được: {known}) nên bị bỏ qua."),
    ("{name} is no {kind} file, whatever its name says; left out.", "{name} không phải tệp {kind}, dù tên nói vậy, nên bị bỏ qua."),
    ("{name} is {what}; {advice}.", "{name} là {what}; {advice}."),
    ("{name} is larger than the limit of {limit} MiB; split it.", "{name} lớn hơn giới hạn {limit} MiB; bạn chia nhỏ ra nhé."),
    ("{name} is larger than the limit; left out.", "{name} lớn hơn giới hạn nên bị bỏ qua."),
    ("{name} holds more text than the limit of {limit} characters; split it.", "{name} có nhiều chữ hơn giới hạn {limit} ký tự; bạn chia nhỏ ra nhé."),
    ("{name} took longer than {limit} s to read; split it.", "{name} đọc lâu hơn {limit} giây; bạn chia nhỏ ra nhé."),
    ("{name} calls a document {id}, as no part of it is called; left out.", "{name} gọi một tài liệu là {id}, không phải tên của phần nào trong tệp, nên tài liệu ấy bị bỏ qua."),
    ("{name} cannot be read (its reader ended abnormally); save it again.", "{name} làm hỏng chương trình đọc; bạn lưu lại tệp rồi gửi lại nhé."),
    ("{name} cannot be read ({why}); save it again.", "{name} không đọc được ({why}); bạn lưu lại tệp rồi gửi lại nhé."),
    ("{name} has a {field} of more than {limit} characters; read without it.", "{name} có mục {field} dài hơn {limit} ký tự nên được đọc không kèm mục đó."),
    ("A document of {name} has an id of {count} characters; left out.", "Một tài liệu trong {name} có mã dài {count} ký tự nên bị bỏ qua."),
    ("{name} cannot be read ({why}); the rest is left out.", "{name} không đọc tiếp được ({why}); phần còn lại bị bỏ qua."),
    ("The folder {name} cannot be read ({why}); left out.", "Không đọc được thư mục {name} ({why}) nên bị bỏ qua."),
    ("{name} cannot be read ({why}); left out.", "{name} không đọc được ({why}) nên bị bỏ qua."),
    ("{name} cannot be opened ({why}); left out.", "{name} không mở được ({why}) nên bị bỏ qua."),
    ("{name} is not a regular file (a pipe, device or socket); left out.", "{name} không phải tệp thường (ống, thiết bị hay socket) nên bị bỏ qua."),
    ("{name} is locked with a password; save it without one.", "{name} bị khoá bằng mật khẩu; bạn lưu lại không mật khẩu nhé."),
    # Which letters.
    ("{name} is a binary file (NUL at {place}), not text; left out.", "{name} là tệp nhị phân, không phải văn bản, nên bị bỏ qua."),
    ("{name} is not valid {label} (byte {byte} at offset {place}); save it as UTF-8.", "{name} không đúng bảng mã {label} (byte {byte} ở vị trí {place}); bạn lưu lại bằng UTF-8 nhé."),
    ("{name} is Vietnamese in VIQR, and does not say which full stops are tones; convert it to UTF-8.", "{name} viết kiểu VIQR và không rõ dấu chấm nào là dấu nặng; bạn chuyển sang UTF-8 nhé."),
    # PDF.
    ("{name} is a damaged PDF file ({why}); save it again.", "{name} là tệp PDF hỏng ({why}); bạn lưu lại nhé."),
    ("{name} is a damaged PDF file; save it again.", "{name} là tệp PDF hỏng; bạn lưu lại nhé."),
    ("{name} does not say which letters its signs are (its fonts have no Unicode); save it as PDF again from the program it was written in.", "{name} không cho biết ký hiệu của nó là chữ gì (phông chữ không có Unicode); bạn lưu lại PDF từ chương trình đã soạn nó nhé."),
    ("{name} holds pictures of pages and no text (it was scanned); run text recognition (OCR) on it and add the result.", "{name} chỉ có ảnh chụp trang, không có chữ (bản quét); bạn nhận dạng chữ (OCR) rồi gửi kết quả nhé."),
    ("{name} has pages without text, perhaps scanned ({pages}); the others were read.", "{name} có trang không có chữ, có lẽ là bản quét ({pages}); các trang khác đã đọc."),
    ("{name} does not say which letters some of its signs are, on pages {pages}; there its text has gaps.", "{name} không cho biết một số ký hiệu là chữ gì (trang {pages}); chữ ở đó bị thiếu."),
    # Word, books, pages.
    ("{name} is a damaged Word file; save it again.", "{name} là tệp Word hỏng; bạn lưu lại nhé."),
    ("{name} is a damaged EPUB file ({path} is missing); save it again.", "{name} là tệp EPUB hỏng (thiếu {path}); bạn lưu lại nhé."),
    ("{name} is locked by its publisher (DRM); it cannot be read.", "{name} bị nhà xuất bản khoá (DRM) nên không đọc được."),
    ("{name} has no chapter {path}; the others were read.", "{name} thiếu chương {path}; các chương khác đã đọc."),
    ("{name} is damaged (its XML cannot be read); save it again.", "{name} bị hỏng (XML không đọc được); bạn lưu lại nhé."),
    ("{name} has no main text (a page of menus, or one that only a browser fills); left out.", "{name} không có phần chữ chính (trang toàn mục lục, hoặc chỉ trình duyệt mới hiện chữ) nên bị bỏ qua."),
    # Feeds.
    ("{name} is not an RSS or Atom feed; left out.", "{name} không phải nguồn tin RSS hay Atom nên bị bỏ qua."),
    ("{name} is a feed without entries; left out.", "{name} là nguồn tin không có mục nào nên bị bỏ qua."),
    ("Entry {number} of {name} has no text; left out.", "Mục {number} của {name} không có chữ nên bị bỏ qua."),
    # Rows.
    ("{name} is not JSON ({why} at column {column}); left out.", "{name} không phải JSON (lỗi ở cột {column}) nên bị bỏ qua."),
    ("{name} is not JSON that can be read; left out.", "{name} không phải JSON đọc được nên bị bỏ qua."),
    ("{name} is not a JSON object; left out.", "{name} không phải một đối tượng JSON nên bị bỏ qua."),
    ("{name} has {cells} cells under {columns} columns; left out.", "{name} có {cells} ô mà chỉ {columns} cột nên bị bỏ qua."),
    ("{name} cannot be read as a table ({why}, after row {row}); the rest is left out.", "{name} không đọc tiếp được như một bảng (sau dòng {row}); phần còn lại bị bỏ qua."),
    ('{name} has no column "{column}" (there are: {there}); read by rows.', "{name} không có cột “{column}” (có các cột: {there}) nên được đọc theo từng dòng."),
    ('{name} has no "{column}"; left out.', "{name} không có “{column}” nên bị bỏ qua."),
    ('{name} has a "{column}" {what}; left out.', "{name} có “{column}” {what} nên bị bỏ qua."),
    ('{name} has a "{column}" {what}; read without it.', "{name} có “{column}” {what}; phần còn lại vẫn được đọc."),
    ("{name} is no field of a document; name one of {fields}.", "{name} không phải trường của tài liệu; hãy chọn một trong {fields}."),
    ("{name} is not what this version of `trichdan index export` writes.", "{name} không phải tệp do bản này của `trichdan index export` ghi ra."),
    # Archives.
    ("{name} is an archive inside of an archive; unpack it first.", "{name} là tệp nén trong tệp nén; bạn giải nén trước nhé."),
    ("{name} is larger than the limit of {limit} MiB for an archive; split it.", "{name} lớn hơn giới hạn {limit} MiB cho tệp nén; bạn chia nhỏ ra nhé."),
    ("{name} is a ZIP archive of the 64-bit form; pack it again in parts below 4 GiB.", "{name} là tệp ZIP dạng 64 bit; bạn nén lại thành từng phần dưới 4 GiB nhé."),
    ("{name} would unpack to {size} MiB, more than the limit of {limit} MiB; left out.", "{name} giải nén ra {size} MiB, quá giới hạn {limit} MiB, nên bị bỏ qua."),
    ("{name} is packed {ratio} to 1, as documents never are; left out.", "{name} nén tới {ratio} lần, không tài liệu nào như vậy, nên bị bỏ qua."),
    ("{name} is locked with a password; pack it without one.", "{name} bị khoá bằng mật khẩu; bạn nén lại không mật khẩu nhé."),
    ("{name} is packed in a way that is not read; pack it as an ordinary ZIP.", "{name} nén theo cách mình không đọc được; bạn nén lại thành ZIP thường nhé."),
    ("{name} is damaged in its archive; left out.", "{name} bị hỏng trong tệp nén nên bị bỏ qua."),
    ("{name} has a path that leads out of its archive; left out.", "{name} có đường dẫn trỏ ra ngoài tệp nén nên bị bỏ qua."),
    ("{name} is a link; left out.", "{name} là liên kết nên bị bỏ qua."),
    ("{name} stands twice in its archive; the second was left out.", "{name} có hai lần trong tệp nén; lần thứ hai bị bỏ qua."),
    ("{name} names its files in an encoding that is not known; some may be wrong.", "{name} ghi tên tệp bằng bảng mã không rõ; vài tên có thể sai."),
    ("{name} is a damaged ZIP archive; pack it again.", "{name} là tệp ZIP hỏng; bạn nén lại nhé."),
    ("{name} holds more than {limit} files; split it.", "{name} có hơn {limit} tệp; bạn chia nhỏ ra nhé."),
    ("{name} is a drawing or another file of OpenDocument; save it as .pdf.", "{name} là bản vẽ hoặc một loại tệp OpenDocument khác; bạn lưu thành .pdf nhé."),
    ("{name} is a damaged OpenDocument file; save it again.", "{name} là tệp OpenDocument hỏng; bạn lưu lại nhé."),
    ("{name} is a damaged RTF file; save it again.", "{name} là tệp RTF hỏng; bạn lưu lại nhé."),
    ("{name} is a damaged Excel file; save it again.", "{name} là tệp Excel hỏng; bạn lưu lại nhé."),
    ("{name} is a damaged PowerPoint file; save it again.", "{name} là tệp PowerPoint hỏng; bạn lưu lại nhé."),
    ("{name} has no slide {path}; the others were read.", "{name} thiếu trang chiếu {path}; các trang khác đã đọc."),
    ("{name} is a letter in too many others; save it by itself.", "{name} là thư nằm trong quá nhiều thư khác; bạn lưu riêng nó nhé."),
    # Several documents.
    ("The id {id} stands twice in {name}; the second was left out, give it another id.", "Mã {id} có hai lần trong {name}; lần thứ hai bị bỏ qua, bạn đặt mã khác nhé."),
    ("The id {id} stands in {name} and in {other}; the second was left out, give it another id.", "Mã {id} có trong cả {name} và {other}; cái thứ hai bị bỏ qua, bạn đặt mã khác nhé."),
    ("The document {name} has no text to quote; left out.", "Tài liệu {name} không có câu nào để trích nên bị bỏ qua."),
    ("A second document has the id {name}; left out, give it another.", "Có hai tài liệu cùng mã {name}; cái thứ hai bị bỏ qua, bạn đặt mã khác nhé."),
    ("The document {name} from {place} was replaced by the one from {other}.", "Tài liệu {name} từ {place} đã được thay bằng tài liệu cùng mã từ {other}."),
    ("There is no document {name} in the index; nothing was removed.", "Không có tài liệu {name} trong bộ sưu tập nên không bỏ gì."),
    ("The document {name} has more than the limit of {limit} sentences; split it.", "Tài liệu {name} có hơn giới hạn {limit} câu; bạn chia nhỏ ra nhé."),
    ("The collection would have more than {most} sentences, and nothing was changed; leave documents out, or set TRICHDAN_MOST_SENTENCES higher: what is finished is kept for the next build.", "Bộ sưu tập sẽ có hơn {most} câu nên không có gì thay đổi; bạn bớt tài liệu, hoặc tăng TRICHDAN_MOST_SENTENCES: phần đã xong được giữ cho lần sau."),
    ("There would be no document to index any more; nothing was removed.", "Như vậy bộ sưu tập sẽ không còn tài liệu nào nên mình không bỏ."),
    # Addresses.
    ("{name} cannot be fetched (its server says {status}).", "Không tải được {name} (máy chủ trả lời {status})."),
    ("{name} cannot be fetched ({fault}).", "Không tải được {name} ({fault})."),
    ("{name} took longer than {limit} s to fetch; left out.", "{name} tải lâu hơn {limit} giây nên bị bỏ qua."),
    ("{name} is larger than the limit of {limit} MiB; left out.", "{name} lớn hơn giới hạn {limit} MiB nên bị bỏ qua."),
    ("{name} comes packed in a way that is not read ({how}).", "{name} được nén theo cách không đọc được ({how})."),
    ("{name} comes cut short; left out.", "{name} tải về bị thiếu phần cuối nên bị bỏ qua."),
    ("{name} comes damaged; left out.", "{name} tải về bị hỏng nên bị bỏ qua."),
    ("{name} leads on more than {limit} times; left out.", "{name} chuyển hướng quá {limit} lần nên bị bỏ qua."),
    ("{name} leads to an address that cannot be fetched; left out.", "{name} chuyển hướng đến một địa chỉ không tải được nên bị bỏ qua."),
    ("{name} is not to be fetched by programs, says its robots.txt; left out.", "robots.txt không cho chương trình tải {name} nên bị bỏ qua."),
    ("{name} is not an http or https address that can be fetched.", "{name} không phải địa chỉ http hay https tải được."),
    ("{name} holds a user name or password; addresses with these are not fetched.", "{name} có tên người dùng hay mật khẩu; những địa chỉ như vậy không được tải."),
    ("{name} holds several documents; add it by its own address.", "{name} có nhiều tài liệu; bạn thêm bằng địa chỉ riêng của nó nhé."),
    ("{name} leads to slow articles; {count} are left for the next time.", "{name} dẫn đến các bài tải chậm; {count} bài được để lại cho lần sau."),
    ("{name} has neither text nor an address; left out.", "{name} không có chữ cũng không có địa chỉ nên bị bỏ qua."),
    ("The host {name} is not known; check the address.", "Không tìm thấy máy {name}; bạn xem lại địa chỉ nhé."),
    ("The host {name} is one at which a cloud serves its own machines, which is never fetched from.", "Máy {name} là nơi nhà cung cấp đám mây phục vụ riêng các máy của họ nên không bao giờ được tải."),
    ("The host {name} is on a private network, which is not fetched from.", "Máy {name} ở mạng riêng nên không được tải."),
    ("{name} is not found any more (404); its document stays until `trichdan index remove` takes it out.", "{name} không còn nữa (404); tài liệu của nó vẫn ở lại cho đến khi bạn bỏ bằng `trichdan index remove`."),
    ("{name} is gone for good (410); nothing else is left, so it stays.", "{name} đã bị gỡ hẳn (410); vì không còn tài liệu nào khác nên nó ở lại."),
    ("{name} is gone for good (410); its document is removed.", "{name} đã bị gỡ hẳn (410); tài liệu của nó được bỏ."),
    ("No address could be fetched; the index stays as it is.", "Không tải được địa chỉ nào; chỉ mục vẫn như cũ."),
    ("No address was added to the index yet; `trichdan index add URL` adds one.", "Chưa có địa chỉ nào; `trichdan index add URL` thêm địa chỉ."),
    ("it is empty.", "không có nội dung."),
    # The command line.
    ("Name files, folders or addresses that hold some.", "Bạn nêu tệp, thư mục hay địa chỉ có tài liệu nhé."),
    ("Some files could not be read, so nothing is removed this time.", "Có tệp không đọc được nên lần này không bỏ tài liệu nào."),
    ("Name the files and folders to update from, or set TRICHDAN_SOURCES.", "Bạn nêu tệp và thư mục cần cập nhật, hoặc đặt TRICHDAN_SOURCES."),
    ("Name the files and folders to build from, or set TRICHDAN_SOURCES; the sample takes the place of no documents of your own.", "Bạn nêu tệp và thư mục cần lập chỉ mục, hoặc đặt TRICHDAN_SOURCES; bộ sưu tập mẫu không thay tài liệu của bạn."),
    ("There is a file of settings already, {name}; change it with an editor.", "Đã có tệp cài đặt {name}; bạn sửa nó bằng trình soạn thảo nhé."),
    ("Name your documents with --documents.", "Bạn nêu tài liệu bằng --documents."),
    ("The language is vi, en or auto.", "Ngôn ngữ là vi, en hoặc auto."),
    ("No file or folder was named; name at least one.", "Chưa nêu tệp hay thư mục nào; bạn nêu ít nhất một nhé."),
    ("{name} does not exist; check the path.", "{name} không tồn tại; bạn xem lại đường dẫn nhé."),
    ("The folder {name} holds no document; put files there ({known}).", "Thư mục {name} không có tài liệu nào; bạn đặt tệp vào đó nhé ({known})."),
    ("The link {name} leads to a folder; left out.", "Liên kết {name} trỏ tới thư mục nên bị bỏ qua."),
    ("The link {name} leads out of {root}; left out.", "Liên kết {name} trỏ ra ngoài {root} nên bị bỏ qua."),
    ("There is no document {name}; `trichdan index list` names all there are.", "Không có tài liệu {name}; `trichdan index list` liệt kê tất cả."),
    ("There is no question on standard input.", "Không có câu hỏi nào ở đầu vào chuẩn."),
    # The change itself.
    ("Another build is writing to {place}; wait until it has ended.", "Đang có một thay đổi khác; bạn đợi xong rồi làm lại nhé."),
    ("Another bot runs on {place}; give this one a TRICHDAN_DATA_DIR of its own.", "Đang có một bot khác chạy trên {place}; bạn cho bot này một TRICHDAN_DATA_DIR riêng nhé."),
    ("The index in {place} changes faster than it can be opened; try again.", "Bộ sưu tập đang thay đổi liên tục; bạn thử lại nhé."),
    ("It took longer than {limit} minutes and was given up.", "Lâu quá {limit} phút nên mình đã dừng."),
    ("The reading of it broke down; the collection is as it was.", "Chương trình đọc bị hỏng giữa chừng."),
)  # fmt: skip
_WHAT_VI: Final = {
    "the encoder": "bộ mã hoá",
    "encoder revision": "phiên bản bộ mã hoá",
    "vectors of dimension": "vectơ có số chiều",
    "the question prompt": "lời nhắc câu hỏi",
    "the passage prompt": "lời nhắc đoạn văn",
    "the token model": "mô hình từ",
    "segmenter version": "bản tách câu",
    "analysis version": "bản phân tích",
    "that is not http or https": "không phải địa chỉ http hay https",
    "that is not a day such as 2024-07-12": "không phải ngày viết như 2024-07-12",
    "that is not a string": "không phải chuỗi chữ",
    "with a character that is none (NUL or half a pair)": "chứa ký tự không hợp lệ",
    "an old or locked Office file": "tệp Office đời cũ hoặc bị khoá",
    "a Word file of before 2007": "tệp Word đời trước 2007",
    "an Excel file of before 2007": "tệp Excel đời trước 2007",
    "a PowerPoint file of before 2007": "tệp PowerPoint đời trước 2007",
    "a letter of Outlook": "thư của Outlook",
    "locked with a password": "tệp bị khoá bằng mật khẩu",
    "a gzip file": "tệp gzip",
    "a 7-Zip archive": "tệp nén 7-Zip",
    "a RAR archive": "tệp nén RAR",
    "a bzip2 file": "tệp bzip2",
    "an xz file": "tệp xz",
    "a picture": "ảnh",
    "a database": "cơ sở dữ liệu",
    "save it as .docx, .xlsx or .pptx, unlocked": "bạn lưu thành .docx, .xlsx hay .pptx, không khoá, nhé",
    "save it as .eml": "bạn lưu thành .eml nhé",
    "save it without one": "bạn lưu lại không mật khẩu nhé",
    "convert it: libreoffice --headless --convert-to docx FILE": "bạn chuyển đổi bằng lệnh: libreoffice --headless --convert-to docx TỆP",
    "convert it: libreoffice --headless --convert-to xlsx FILE": "bạn chuyển đổi bằng lệnh: libreoffice --headless --convert-to xlsx TỆP",
    "convert it: libreoffice --headless --convert-to pptx FILE": "bạn chuyển đổi bằng lệnh: libreoffice --headless --convert-to pptx TỆP",
    "unpack it": "bạn giải nén rồi gửi nhé",
    "pack it as .zip": "bạn nén thành .zip nhé",
    "this program reads text": "mình chỉ đọc được chữ",
    "export it as .csv": "bạn xuất thành .csv nhé",
}
_SYSTEM_VI: Final = {
    os.strerror(code): said
    for code, said in {
        errno.EACCES: "không có quyền",
        errno.EPERM: "không được phép",
        errno.ENOENT: "không tồn tại",
        errno.ENOTDIR: "không phải thư mục",
        errno.EISDIR: "là thư mục",
        errno.ELOOP: "liên kết vòng",
        errno.ENAMETOOLONG: "tên quá dài",
        errno.ENOSPC: "đĩa hết chỗ",
        errno.EDQUOT: "hết hạn mức đĩa",
        errno.EFBIG: "tệp quá lớn",
        errno.EROFS: "đĩa chỉ cho đọc",
        errno.EIO: "đĩa bị lỗi",
        errno.EMFILE: "mở quá nhiều tệp",
        errno.ENFILE: "hệ thống mở quá nhiều tệp",
    }.items()
}
_BLANK: Final = re.compile(r"\\\{(\w+)\\\}")
_OF_ADDRESS: Final = re.compile(r"(https?://\S+): (.+)", re.DOTALL)
_ROW: Final = re.compile(r"^(?:Row|Line|Entry) (\d+) of ")


def reason(sentence: str, language: str) -> str:
    """Return a sentence of the program in a language of the bot; one that is not known stays English."""
    if language != "vi":
        return sentence
    if sentence in _SYSTEM_VI:
        return _SYSTEM_VI[sentence]
    if within := _OF_ADDRESS.fullmatch(sentence):
        return f"{within[1]}: {reason(within[2], language)}"
    for pattern, said in _patterns():
        found = pattern.fullmatch(sentence)
        if found is None:
            continue
        filled = found.groupdict()
        filled |= {blank: _WHAT_VI[filled[blank]] for blank in ("what", "advice") if blank in filled}
        if "why" in filled:
            filled["why"] = reason(filled["why"], language)
        if "name" in filled:
            filled["name"] = _ROW.sub(r"Dòng \1 của ", filled["name"])
        return said.format(**filled)
    return sentence


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return each English sentence as a pattern; what it names may hold anything, a line break too."""
    known = "|".join(map(re.escape, _WHAT_VI))

    def blank(found: re.Match[str]) -> str:
        return f"(?P<{found[1]}>{known if found[1] in ('what', 'advice') else '.+?'})"

    return tuple(
        (re.compile(_BLANK.sub(blank, re.escape(english)), re.DOTALL), said)
        for english, said in (*_VI, *FAULTS_VI)
    )

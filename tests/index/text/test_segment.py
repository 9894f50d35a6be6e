"""Sentences of texts in many scripts: a table of cases, and properties that hold for any text."""

import time
import unicodedata
from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.text.segment import LONGEST_SENTENCE, SEGMENTER_VERSION, Span, segment
from tests.counting import calls, repeated

CUT = "‖"

# Every case is a text with ‖ where a sentence has to begin. All texts were written for this file.
VIETNAMESE_NEWS = {
    "two plain sentences": "Thủ tướng đến Hà Nội hôm qua. ‖Ông sẽ ở lại ba ngày.",
    "thousands": "Kho này có 5.580 đầu đạn. ‖Con số năm trước là 1.004 chiếc.",
    "decimal comma and percent": "Ngân sách tăng 3,7%. ‖Xuất khẩu giảm 0,5%.",
    "day and month": "Ngày 22/4, hai bên gặp nhau. ‖Đến 23/4 thì ký kết.",
    "dotted date": "Lễ khai mạc ngày 12.7.2024 tại Huế. ‖Lễ bế mạc ngày 15.7.2024.",
    "dotted time": "Tàu chạy lúc 10.30 sáng. ‖Chuyến sau lúc 14.45.",
    "year ends sentence": "Nhà máy mở cửa năm 2016. ‖Công suất tăng gấp đôi.",
    "number opens sentence": "Cứu hộ đến lúc nửa đêm. ‖15 người được đưa lên bờ.",
    "money": "Giá vé là 3.500.000 đồng. ‖Khách đoàn trả 2,8 triệu.",
    "DC with comma": "Ảnh chụp ở Washington DC., Mỹ hôm thứ Ba. ‖Ảnh: TTXVN",
    "TP.HCM": "Mưa lớn ở TP.HCM chiều nay. ‖Nhiều đường ngập.",
    "TP.HCM ends sentence": "Anh sống ở TP.HCM. ‖Mẹ anh ở Cần Thơ.",
    "TP. Hồ Chí Minh": "Người dân TP. Hồ Chí Minh đi bầu. ‖Kết quả có vào tối nay.",
    "Tp. lower": "Công an Tp. Vinh vào cuộc. ‖Vụ việc đang được điều tra.",
    "TP. before a plain name": "Đoàn rời TP. Vilnius. ‖Họ bay về Warsaw.",
    "TP. Bà Rịa": "Cháy lớn tại TP. Bà Rịa. ‖Không ai bị thương.",
    "TP. ends sentence": "Đề án được áp dụng trên toàn TP. ‖Theo đó, xe buýt sẽ miễn phí.",
    "TX.": "Tai nạn ở TX. Dĩ An làm kẹt xe. ‖Cảnh sát điều tiết giao thông.",
    "GS.TS.": "GS.TS. Nguyễn Văn A phát biểu. ‖Hội thảo kéo dài hai ngày.",
    "GS.TS glued": "Báo cáo của GS.TS.Trần Hòa được khen. ‖Ông nhận hoa.",
    "PGS. TS": "PGS. TS Lê Thị B chủ trì. ‖Mọi người vỗ tay.",
    "PGS.TS. twice": "Cuộc gặp có PGS.TS. Vũ An và TS. Hồ Bình. ‖Hai người từng học ở Đức.",
    "ThS.": "Theo ThS. Phạm Dung, lúa đã chín. ‖Nông dân bắt đầu gặt.",
    "Th.S": "Th.S. Đỗ Cường dạy ở Huế. ‖Lớp ông rất đông.",
    "BS. and ThS.BS": "BS. Hà khám cho bệnh nhân. ‖ThS.BS. Ngọc phụ mổ.",
    "KTS and LS": "KTS. Võ Nghĩa vẽ ngôi nhà. ‖LS. Bùi Quang làm chứng.",
    "NSND": "Khán giả chào đón NSND. Trà Giang. ‖Bà đã ngoài tám mươi.",
    "Đ/c.": "Đ/c. Hùng báo cáo tình hình. ‖Cuộc họp kết thúc sớm.",
    "Đ/c without stop": "Đ/c Hùng đi Lào. ‖Đ/c Lan ở nhà.",
    "v.v. goes on": "Chợ bán cá, tôm, cua, v.v. và nhiều loại rau. ‖Khách rất đông.",
    "v.v. ends": "Chợ bán cá, tôm, cua, v.v. ‖Khách đến từ sáng sớm.",
    "v.v... ends": "Quà gồm bánh, kẹo, sữa, v.v... ‖Trẻ em rất vui.",
    "v.v before bracket": "Các môn toán, lý, hóa, v.v. (xem phụ lục) được thi chung.",
    "J. Stoltenberg": "Tổng Thư ký J. Stoltenberg đến Kiev. ‖Ông gặp V. Zelensky.",
    "Ông V. Zelensky": "Hôm qua ông V. Zelensky lên tiếng. ‖Moskva im lặng.",
    "J.Biden glued": "Tổng thống J.Biden lên đường. ‖Bà J.Biden ở lại.",
    "several initials": "Nhà văn J. R. R. Tolkien sinh ở châu Phi. ‖Ông lớn lên ở Anh.",
    "U.S. Army": "Đơn vị U.S. Army rút quân. ‖Căn cứ đóng cửa.",
    "St. Petersburg": "Tàu cập cảng St. Petersburg. ‖Thủy thủ lên bờ.",
    "masked name": "Công an bắt Nguyễn Văn A. ‖Đối tượng khai nhận hành vi.",
    "masked name after pronoun": "Hàng xóm báo cho chị T. ‖Khi về nhà, chị thấy cửa mở.",
    "masked initials": "Nạn nhân là em N.V.H. ‖Cảnh sát đã khám nghiệm hiện trường.",
    "credit in initials": "Ảnh: Q.N. ‖Bộ đang xem xét. ‖Anh ấy đá cho M.U. ‖Cầu thủ này rất trẻ.",
    "thousands with a space": "Xe nặng 12. 500 cân. ‖Cầu cũ đã yếu.",
    "label B": "Trẻ cần tiêm vaccine viêm gan B. ‖Mũi đầu tiêm sau khi sinh.",
    "vitamin": "Cam có nhiều vitamin C. ‖Quả ổi cũng vậy.",
    "quarter in Roman": "Lãi tăng trong quý I. ‖Doanh thu cũng tăng.",
    "Roman century": "Chùa xây từ thế kỷ XV. ‖Mái chùa lợp ngói.",
    "Q. 1": "Tiệm nằm ở Q. 1 từ lâu. ‖Chủ tiệm người Hoa.",
    "P. name": "Trụ sở ở số 5, P. Bến Nghé, Q. Bình Thạnh. ‖Cửa mở cả tuần.",
    "Tr. 5": "Xem Tr. 5 và Tr. 7. ‖Bảng nằm ở cuối sách.",
    "enumerator at line start": "1. Mở rộng đường. ‖2. Xây cầu mới.",
    "Roman enumerator": "I. Đặt vấn đề",
    "letter enumerator": "A. Phần chung. ‖B. Phần riêng.",
    "enumerator behind colon": "Có hai việc: 1. Dọn rác. ‖2. Trồng cây.",
    "numbered clause": "2.1. Phạm vi áp dụng\n‖2.2. Đối tượng áp dụng",
    "no space behind stop": "Nga bắn vào Kharkov.‖Ukraine đáp trả ngay.",
    "no space behind question": "Tương lai ra sao?‖Các bên đều chờ đợi.",
    "no space behind shout": "Thắng rồi!‖Cả làng reo vui.",
    "no space behind year": "Luật có hiệu lực năm 2016.‖Các tỉnh đã thi hành.",
    "no space behind capitals": "Doanh thu đạt 5 triệu USD.‖Các cổ đông hài lòng.",
    "no space before one-letter word": "Họ đã đến nơi.‖Ở đó trời rất lạnh.",
    "no space behind ellipsis": "Ai cũng lo...‖Nhưng rồi trời tạnh.",
    "no space behind quotation": 'Ông nói "tôi về".‖Sau đó ông đi thẳng.',
    "domain": "Đọc thêm trên baotintuc.vn và TTXVN.vn nhé. ‖Báo ra hằng ngày.",
    "capital domain": "Trang VietNamNet.Vn đưa tin. ‖Tin lan nhanh.",
    "domain ends": "Tin theo dantri.com.vn. ‖Ảnh do bạn đọc gửi.",
    "URL": "Xem https://vi.example.org/A.Bac?Muc=Hai.Ba ở đây. ‖Trang còn mới.",
    "e-mail": "Gửi về Toa.Soan@bao.vn trước thứ Sáu. ‖Thư muộn không nhận.",
    "Node.js": "Máy chủ chạy Node.js rất nhanh. ‖Mã nguồn mở.",
    "file name": "Tải tệp Baocao.Docx về máy. ‖Mở bằng Word.",
    "version": "Bản v1.2.3 đã ra. ‖Bản v1.3 còn thử nghiệm.",
    "ellipsis goes on": "Ông kể về lũ lụt, mất mùa... rồi im lặng. ‖Ai cũng buồn.",
    "ellipsis ends": "Rau, thịt, cá... ‖Mọi thứ đều đắt.",
    "typographic ellipsis": "Rau, thịt, cá… ‖Mọi thứ đều đắt.",
    "ellipsis inside quotation": 'Bà nói: "Tôi chờ... Không ai đến" rồi khóc. ‖Cả nhà lặng đi.',
    "question and shout": "Thật sao?! ‖Không thể tin được!!! ‖Đúng vậy.",
    "question goes on": "Ai biết? không ai cả. ‖Đêm xuống.",
    "colon": "Bộ trưởng nói: Chúng ta phải làm ngay. ‖Mọi người đồng ý.",
    "semicolon": "Giá gạo tăng; giá thịt giảm; Giá rau giữ nguyên. ‖Chợ vắng.",
    "word of one letter": "Mẹ không đồng ý. ‖Bố cũng vậy. ‖Họ tìm chỗ ở. ‖Phố ùn ứ. ‖Vé từ châu Á. ‖Hết.",
    "degrees": "Trời nóng tới 40 độ C. ‖Nhiều người ở nhà.",
    "digraph initial": "Ảnh chụp bởi Tr. Hường. ‖Tranh của Ng. Dũng.",
    "small place": "Nhà ở p. Bến Thành, q. Gò Vấp. ‖Sân rất rộng.",
    "shout in brackets": "Họ gọi đó là thắng lợi (!). ‖Không ai cười.",
    "stop in and behind brackets": "Anh hét to (“Cháy!”). ‖Mọi người chạy.",
    "inline clauses": "Điều kiện: 1. Có hộ khẩu; 2. Đủ tuổi; 3. Có đơn. ‖Hồ sơ nộp tại xã.",
    "year in brackets": "Lê, B. (2005). ‖Sông nước.",
    "unit": "Cây cầu dài 5 m. ‖Sông rộng hơn nhiều.",
    "brand in lower case": "Cửa hàng mở lúc sáu giờ. ‖iPhone mới bán hết ngay.",
    "caption with signature": "Lễ ký kết tại Berlin. ‖(Ảnh: Reuters)",
    "source in brackets": "Hội nghị bế mạc. ‖(TTXVN)",
    "bracket inside": "Ông Nam (sinh năm 1960. Quê Huế.) đã nghỉ hưu. ‖Con ông tiếp quản.",
    "question mark in brackets": "Nhà thơ (?) Nam Hà nói vậy. ‖Không ai tin.",
    "closing bracket keeps": "(Chuyện xảy ra đã lâu.) ‖Nay ai cũng quên.",
    "dialogue dashes": "- Anh đi đâu? ‖- Tôi về quê.",
    "attribution behind a dash": "“Chúng ta sẽ thắng!” - Tổng thống nói. ‖Đám đông reo hò.",
    "emoji": "Vui quá! 🎉🎉",
    "emoji goes on": "Vui quá 😀 hẹn gặp lại. ‖Tạm biệt!",
    "all capitals": "NÓNG: BÃO SỐ 3 ĐỔ BỘ. ‖HÀNG NGHÌN NGƯỜI SƠ TÁN.",
    "footnotes": "Thành phố có ba sông.[1] ‖Sông lớn nhất ở phía bắc.[2][3]",
    "only stops": "...",
    "stops first": "...Nhưng ông không về. ‖Bà chờ mãi.",
}

QUOTATIONS = {
    "sentences in straight marks": 'Ông nói: "Tôi mệt. Tôi muốn về." ‖Sau đó ông đi ra.',
    "sentences in curly marks": "“Trời đẹp. Ta đi thôi.” ‖Cả nhóm lên đường.",
    "attribution in lower case": '"Không ai bị thương." ông Nam cho biết. ‖Xe hư nhẹ.',
    "question with attribution": "“Anh là ai?” bà hỏi. ‖Không ai đáp.",
    "question and new sentence": "“Anh là ai?” ‖Bà hỏi mãi.",
    "stop behind the mark": 'Bà nói "tôi ổn". ‖Rồi bà cười.',
    "stop before the mark": 'Điều đó "không dễ dàng." ‖Ai cũng hiểu.',
    "single quotation marks": "Họ gọi đó là 'kế hoạch. Chiến thắng' trong năm. ‖Dân chúng nghi ngờ.",
    "curly single marks": "Báo viết ‘Hết rồi. Hết thật rồi.’ ‖Nhưng đội vẫn thắng.",
    "guillemets": "Ông viết «Xong. Về thôi.» ‖Bức thư rất ngắn.",
    "guillemets inside out": "Er rief »Los. Schnell!« ‖Dann lief er weg.",
    "low opening mark": "Sie sagte „Ja. Gern.“ ‖Er nickte.",
    "marks mixed": '“Tôi về. Chào anh" là câu cuối. ‖Rồi anh đi.',
    "quotation in quotation": "“Ông ấy bảo: ‘Đi đi. Đừng về.’ Tôi đi ngay.” ‖Bà kể lại như vậy.",
    "spaced marks": 'Ông nói : " Tôi mệt . Tôi về . " ‖Rồi ông đi .',
    "two quotations": '"Đi. Đi mau." ‖"Đợi tôi. Tôi đến."',
    "opened and never closed": "“Chúng tôi sẽ về. ‖Chúng tôi hứa. ‖Không ai bị bỏ lại.",
    "closed and never opened": "Chúng tôi sẽ về.” ‖Ông hứa như vậy. ‖Không ai tin.",
    "straight and never closed": 'Ông nói: "Tôi về. ‖Không ai tin. ‖Trời tối.',
    "bracket never closed": "Ông Nam (sinh năm 1960. ‖Ông quê ở Huế. ‖Ông đã nghỉ.",
    "inches": 'Màn hình 15.6" rất sáng. ‖Giá 9 triệu.',
    "minutes of a match": "Bàn thắng ở phút 45'. ‖Phút 90' hòa.",
    "apostrophes": "D'Artagnan và O'Neill đến. ‖Họ đi 'Café l'Heure' uống trà.",
    "opening mark without space": 'Ông về.‖"Tôi mệt", ông nói.',
    "closing mark and comma": '"Ai đó?", bà hỏi. ‖Gió thổi.',
    "stop on both sides": 'Ông kêu "Cháy!". ‖Mọi người chạy.',
}

ENGLISH = {
    "titles": "Mr. Smith met Dr. Jones and Mrs. Brown. ‖They talked.",
    "U.S. goes on": "The U.S. Navy left. ‖It was late.",
    "U.S. ends": "He lives in the U.S. ‖The rest stayed in Europe.",
    "for example": "Fruit, e.g. Apples, sells well. ‖Nuts, i.e. Almonds, do not.",
    "No. 5": "Look at No. 5 on the list. ‖No. 6 is missing.",
    "no ends": "She said no. ‖We left.",
    "clock": "We met at 5 p.m. on Friday. ‖It rained.",
    "clock ends": "We met at 5 p.m. ‖Snow fell.",
    "clock and day": "The shop opens at 9 a.m. Monday. ‖Be early.",
    "Inc.": "Acme Inc. Chairman Bob Hill resigned. ‖Shares fell.",
    "Inc. ends": "He joined Acme Inc. ‖The shares rose.",
    "month": "It opened on Jan. 5 in Rome. ‖By Feb. 1 it was shut.",
    "single marks": "He said: 'Go.' ‖Then left.",
    "possessives": "The players' union met. ‖The owners' lawyers did not.",
    "decades": "In the '90s it was new. ‖In the '00s it was old.",
    "degrees": "Ann Lee, Ph.D. of Yale, spoke. ‖John Roe, M.D. listened.",
    "middle initial": "George W. Bush spoke. ‖He smiled.",
    "versus": "It was Smith vs. Jones again. ‖Jones won.",
    "and others": "The method of Smith et al. is old. ‖Ours is new.",
    "decimal without nought": "It fell by .5 percent. ‖Then it rose.",
    "rhetorical": "Why? ‖Because I say so! ‖Fine.",
    "in full": "I am. ‖You are.",
    "lower-case start stays": "It was good. and then bad. ‖The end.",
    "emphasis": "**Note.** ‖This is *new.* ‖So is that.",
}

CHINESE_AND_JAPANESE = {
    "Chinese": "今天下雨。‖我们不去了。‖你呢？‖我也不去！",
    "Chinese reporting before": "他说：“我累了。我走了。”‖然后他离开了。",
    "Chinese reporting behind": "“你去哪儿？”他问。‖“回家。”",
    "Chinese traditional": "他說：「我走了。」‖大家都笑了。",
    "Chinese numbers": "价格是3.5元。‖增长了2.1%。",
    "Chinese bracket mid-sentence": "他（生于上海。）现在住在北京。‖她不在。",
    "Chinese ellipsis": "他想了想……没有说话。‖天黑了。",
    "Chinese with Western stop": "会议结束.‖大家都走了.",
    "full-width shout and question": "什么？！‖真的！！‖是的。",
    "Japanese": "雨が降った。‖試合は中止になった。",
    "Japanese quotation": "彼は「もう帰る。疲れた。」と述べた。‖皆は黙った。",
    "Japanese quotation goes on": "「行こう。」彼は立ち上がった。",
    "Japanese quotations in a row": "「行こう。」‖「うん。」",
    "Japanese shout goes on": "危ない！と叫んだ。‖車が止まった。",
    "Japanese with Western marks": "彼は「何よ?」と答えた。‖雪!‖春はまだか?‖春だ。",
    "Japanese quotation and source": "「山は青い。」（『旅の記』）とある。‖海も青い。",
    "Japanese with initials": "彼は1990年にB. A.の学位を得た。‖妻も得た。",
    "Japanese title": "『夜の駅。』を読んだ。‖面白かった。",
    "Japanese bracket of its own": "（これは昔の話である。）‖今は違う。",
    "Japanese bracket at the end": "町は栄えた（諸説ある。）。‖のち衰えた。",
    "Japanese line without stop": "駅の歴史\n‖駅は1900年に開業した。",
    "half-width": "ｵﾜﾘ｡‖ﾊｼﾞﾏﾘ｡",
}

OTHER_SCRIPTS = {
    "Hindi": "वह घर गया। ‖बारिश हो रही थी।",
    "Hindi without space": "वह घर गया।‖वह सो गया।",
    "Arabic question": "هل وصل القطار؟ ‖نعم وصل.",
    "Arabic stop": "وصل القطار. ‖نزل الناس.",
    "Urdu": "وہ گھر گیا۔ ‖بارش ہوئی۔",
    "Thai line": "พ.ศ. นี้ฝนตกมาก ดร. สมชายกล่าว\n‖น้ำท่วมหลายที่",
    "Korean": "그는 집에 갔다. ‖비가 왔다.",
    "Korean without space": "그는 집에 갔다.‖비가 왔다.",
    "Russian": "Он живёт на ул. Мира. ‖Дом построен в 1950 г. ‖Он стар.",
    "Russian name": "А. С. Пушкин родился в Москве. ‖Он писал стихи.",
    "German ordinal": "Am 3. Oktober wird gefeiert. ‖Viele kommen.",
    "German abbreviation": "Obst, z.B. Birnen, ist gesund. ‖Gemüse auch.",
    "Spanish": "¿Qué pasa? ‖¡Nada! ‖El Sr. Ruiz duerme.",
    "French": "Il dit : « Je pars. Adieu. » ‖Puis il sort.",
    "Greek": "Πού είσαι\u037e ‖Έρχομαι τώρα.",
    "Armenian": "Նա գնաց։ ‖Մենք մնացինք։",
    "Khmer": "ខ្ញុំទៅផ្ទះ។ ‖គាត់នៅទីនេះ។",
    "Myanmar": "သူသွားသည်။ ‖ကျွန်တော်နေသည်။",
    "Hebrew": "הוא הלך הביתה. ‖ירד גשם.",
}

LAYOUT = {
    "a lede a line": "Bão đổ bộ vào miền Trung\n‖Nước lên nhanh. ‖Dân sơ tán\n‖Mưa còn kéo dài.",
    "blank lines": "Tiêu đề\n\n\n‖Đoạn một. ‖Câu hai.\n \n‖Đoạn hai.",
    "CRLF": "Dòng một\r\n‖Dòng hai. ‖Câu nữa.\r\n\r\n‖Dòng ba",
    "lone CR": "Dòng một\r‖Dòng hai.\r\r‖Dòng ba",
    "line separators": "Một\u2028‖Hai\u2029‖Ba\x85‖Bốn\x0b‖Năm\x0c‖Sáu",
    "tabs and no-break spaces": "\tÔng đi.\u00a0‖Bà về.\u3000‖Con ở lại.\t",
    "zero width": "\ufeffÔng đi.\u200b ‖Bà về.\u200b",
    "hard wrap": (
        "Hội nghị kéo dài ba ngày tại thủ đô, với sự tham gia của hơn hai mươi\n"
        "quốc gia và nhiều tổ chức quốc tế. ‖Các bên thảo luận về nước sạch, về\n"
        "rừng và về khí hậu. ‖Bản tuyên bố chung được thông qua vào ngày cuối.\n\n"
        "‖Ngay sau đó, các đoàn rời thành phố trên những chuyến tàu đêm để kịp\n"
        "về dự phiên họp quốc hội."
    ),
    "hard wrap before a capital": (
        "The committee met on Tuesday in the old town hall to talk about the new\n"
        "bridge. ‖After two hours of quiet talk and a long walk along the river\n"
        "Anna Berg asked for a vote, and the members raised their hands without\n"
        "another word."
    ),
    "hard wrap, quotation over lines": (
        'Trả lời báo chí sau cuộc họp, ông nói: "Chúng tôi đã bàn rất kỹ. Không có\n'
        'gì để giấu. Mọi việc sẽ được công bố trong tuần tới." ‖Sau đó ông rời khỏi\n'
        "hội trường bằng cửa sau."
    ),
    "hard wrap, short last line of a paragraph": (
        "Đoạn thứ nhất nói về một con sông rất dài chảy qua ba tỉnh miền núi và\n"
        "đổ ra biển ở phía đông, nơi có một bến cảng cũ.\n"
        "‖Đoạn thứ hai nói về những người dân chài sống ven sông từ nhiều đời và\n"
        "vẫn giữ nghề cũ."
    ),
    "lines that differ in length are no wrap": (
        "giá gạo tăng trong tuần qua ở hầu hết các chợ đầu mối của thành phố\n"
        "‖giá thịt giảm\n"
        "‖giá rau không đổi vì mưa nhiều và vì người trồng rau chưa kịp thu hoạch"
    ),
    "poem": "Chiều nay ra đứng bờ sông\n‖Thấy con đò nhỏ mà trông bóng người\n‖Nước trôi lững lờ",
    "Markdown": (
        "# Báo cáo năm\n‖Mở đầu. ‖Câu hai.\n‖- Mục một.\n‖- Mục hai. ‖Giải thích thêm.\n"
        "‖* Mục ba\n‖1. Bước một\n‖2. Bước hai\n‖> Trích lời\n‖## 2. Kết quả"
    ),
    "list in lower case is no wrap": (
        "phía bắc giáp xã Lộc An, huyện Bảo Lâm và rừng thông của lâm trường\n"
        "‖phía nam giáp xã Đạm Bri, thành phố Bảo Lộc cùng với hồ Nam Phương\n"
        "‖phía tây giáp sông"
    ),
    "address lines are no wrap": (
        "Xem thêm ở trang nhà của xã và ở trang của tỉnh trong hai địa chỉ sau\n"
        "‖https://xa.example.org/gioi-thieu\n‖www.example.org/tinh"
    ),
    "wrapped Chinese": (
        "这座城市位于河流的北岸，自古以来就是重要的商业中心，每年都有许多来自远方的商人来到这里做生意并在此\n"
        "停留很长一段时间，他们带来了丝绸、茶叶和各种各样的瓷器，也带走了当地出产的药材和木材以及其他的许多\n"
        "货物。‖后来铁路修通了，城市的规模迅速扩大，人口也在很短的时间里增加了一倍，许多新的街道和学校先后\n"
        "建成。"
    ),
    "wrapped list items": (
        "- Mục thứ nhất rất dài nên phải xuống dòng ở giữa câu, và phần còn lại\n"
        "  nằm ở dòng dưới.\n"
        "‖- Mục thứ hai cũng dài như vậy, nên nó cũng phải xuống dòng, và phần sau\n"
        "  nằm ở dòng dưới."
    ),
    "heading marks of a wiki": "== Lịch sử ==\n‖Làng có từ lâu. ‖Đình làng rất cũ.",
    "empty": "",
    "only space": " \n\t\u00a0\r\n\u3000",
}

CASES = {
    f"{group}: {name}": marked
    for group, cases in {
        "vi": VIETNAMESE_NEWS,
        "quotation": QUOTATIONS,
        "en": ENGLISH,
        "zh/ja": CHINESE_AND_JAPANESE,
        "other": OTHER_SCRIPTS,
        "layout": LAYOUT,
    }.items()
    for name, marked in cases.items()
}


def sentences_of(text: str) -> list[str]:
    """Return the texts of the spans."""
    return [text[span.start : span.end] for span in segment(text)]


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_case(marked: str) -> None:
    """A text divides where the case says."""
    expected = [piece.strip() for piece in marked.split(CUT) if piece.strip()]
    assert sentences_of(marked.replace(CUT, "")) == expected


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_case_decomposed(marked: str) -> None:
    """The same text with decomposed letters (NFD) divides at the same places."""
    decomposed = unicodedata.normalize("NFD", marked)
    expected = [piece.strip() for piece in decomposed.split(CUT) if piece.strip()]
    assert sentences_of(decomposed.replace(CUT, "")) == expected


def numbered(text: str) -> list[tuple[int, str]]:
    """Return paragraph number and text of each span."""
    return [(span.paragraph, text[span.start : span.end]) for span in segment(text)]


def test_version_is_a_positive_number() -> None:
    """The manifest records the version, so that an index made by other rules is refused."""
    assert SEGMENTER_VERSION >= 1


def test_offsets_count_code_points() -> None:
    """A character outside the basic plane counts once, and a letter with a combining mark twice."""
    assert segment("  😀 Ông. \nBa\u0300!") == (Span(2, 8, 0), Span(10, 14, 1))


def test_each_line_is_a_paragraph() -> None:
    """Blank lines and single line ends part paragraphs alike; numbers have no gaps."""
    assert numbered("Một. Hai.\nBa\n\n \nBốn. Năm.") == [
        (0, "Một."), (0, "Hai."), (1, "Ba"), (2, "Bốn."), (2, "Năm.")
    ]  # fmt: skip


def test_hard_wrapped_lines_share_a_paragraph() -> None:
    """Lines of a hard-wrapped paragraph count as one paragraph, and a blank line begins the next."""
    text = LAYOUT["hard wrap"].replace(CUT, "")
    assert [span.paragraph for span in segment(text)] == [0, 0, 0, 1]


def test_pair_too_long_to_hold() -> None:
    """A quotation longer than the bound is divided, and its closing mark stays with its last sentence."""
    sentence = "Chúng tôi sẽ làm việc này trong năm nay và cả năm sau nữa."
    text = "“" + " ".join([sentence] * 20) + "” Ông dừng lời."
    assert sentences_of(text) == ["“" + sentence, *[sentence] * 18, sentence + "”", "Ông dừng lời."]


def test_forgotten_mark_swallows_nothing() -> None:
    """An opening mark that is closed far away in the paragraph holds no sentences together."""
    sentence = "Chúng tôi sẽ làm việc này trong năm nay."
    for opening, closing in ("“”", '""', "()", "''", "«»"):
        text = f"{opening}{' '.join([sentence] * 30)}{closing}"
        assert len(sentences_of(text)) == 30


def test_long_sentence_is_cut_at_semicolons() -> None:
    """Clauses of a sentence beyond 1,000 characters are grouped into pieces of at most that length."""
    clause = "xã thứ nhất xây trường học và trạm y tế mới, xã thứ hai làm đường"
    text = "; ".join([clause] * 40) + "."
    pieces = sentences_of(text)
    assert [len(piece) <= 1000 for piece in pieces] == [True] * 3
    assert " ".join(pieces) == text
    assert all(piece.endswith((";", ".")) for piece in pieces)


def test_endless_text_is_cut_at_white_space() -> None:
    """Text without any stop is cut before it outgrows 2,000 characters, and loses nothing."""
    text = "một hai ba bốn " * 1000
    pieces = sentences_of(text)
    assert max(map(len, pieces)) <= LONGEST_SENTENCE
    assert " ".join(pieces) == text.strip()


def test_an_endless_word_is_cut() -> None:
    """A row without a space, in a script that parts no words, is cut where the limit is."""
    assert segment("ก" * 10_000) == tuple(Span(at, at + 2_000, 0) for at in range(0, 10_000, 2_000))


STOPS = ".!?…。！？؟।;:"
MARKS = "\"“”'‘’«»「」『』()[]（）"
SPACES = " \n\r\t\u00a0\u200b\u2028\u2029\x85\u3000"
TOKENS = """... ?! 1 5.580 3,7% 22/4 Ông nói Tôi về A b TP TS v.v U.S J Q Theo Đ/c I www. :// 今天 と 雨が ไทย
    हिन्दी عربي שלום 👩‍👩‍👧 🇻🇳 \u0301 \ufeff \u202e Ô\u0302 iPhone Kharkov.Ukraine [1] **"""
LINE = "một câu khá dài để qua bốn mươi ký tự trong một dòng"
PIECES = st.sampled_from(
    [*STOPS, *MARKS, *SPACES, *"-–*#_@/", "\r\n", "\n\n", ". ", '" ', LINE, *TOKENS.split()]
)
EXAMPLES = 500
TEXTS = st.one_of(
    st.lists(PIECES, max_size=60).map("".join),
    st.lists(st.one_of(PIECES, st.text(max_size=8)), max_size=30).map("".join),
    st.text(max_size=200),
    st.sampled_from(list(CASES.values())).map(lambda marked: unicodedata.normalize("NFD", marked)),
    st.lists(st.sampled_from(list(CASES.values())), max_size=4).map(" ".join),
)


@settings(max_examples=EXAMPLES)
@given(TEXTS)
def test_spans_cover_everything_but_white_space(text: str) -> None:
    """Spans ascend without overlap, start and end on characters, and leave out nothing but white space."""
    spans = segment(text)
    edges = [0, *(edge for span in spans for edge in (span.start, span.end)), len(text)]
    assert edges == sorted(edges)
    for span in spans:
        assert span.start < span.end
        assert not text[span.start].isspace()
        assert not text[span.end - 1].isspace()
    assert "".join(text[end:start] for end, start in zip(edges[::2], edges[1::2], strict=True)).strip() == ""


@settings(max_examples=EXAMPLES)
@given(TEXTS)
def test_paragraphs_count_from_zero_without_gaps(text: str) -> None:
    """Paragraph numbers begin at 0 and rise by 0 or 1; a blank line always raises them."""
    spans = segment(text)
    assert [span.paragraph for span in spans[:1]] == [0] * len(spans[:1])
    for before, after in pairwise(spans):
        assert after.paragraph - before.paragraph in (0, 1)
        if "\n\n" in text[before.end : after.start]:
            assert after.paragraph == before.paragraph + 1


@settings(max_examples=EXAMPLES)
@given(TEXTS)
@example(f"Kharkov.Ukraine。@{LINE}")
def test_a_sentence_is_one_sentence(text: str) -> None:
    """A sentence on its own is that one sentence, unless it ran over the lines of a hard-wrapped text."""
    for span in segment(text):
        sentence = text[span.start : span.end]
        if len(sentence.splitlines()) < 2:
            assert segment(sentence) == (Span(0, len(sentence), 0),)


@settings(max_examples=EXAMPLES)
@given(TEXTS)
def test_no_sentence_begins_with_a_closing_mark(text: str) -> None:
    """A closing mark on the line of its sentence stays with it."""
    for before, after in pairwise(segment(text)):
        if before.paragraph == after.paragraph:
            assert text[after.start] not in "」』)]）"


@pytest.mark.slow
@pytest.mark.parametrize(
    "check",
    [
        test_spans_cover_everything_but_white_space,
        test_paragraphs_count_from_zero_without_gaps,
        test_a_sentence_is_one_sentence,
        test_no_sentence_begins_with_a_closing_mark,
    ],
)
def test_many_more_texts(check: Callable[[], None]) -> None:
    """The same for twenty times as many texts."""
    inner = check.hypothesis.inner_test  # type: ignore[attr-defined]  # what `given` was told to run
    settings(max_examples=20 * EXAMPLES)(given(TEXTS)(inner))()


ADVERSARIES = {
    "stops": "....",
    "letters and stops": "a.a.",
    "capitals and stops": "A.B.",
    "spaced capitals": "A. B. ",
    "opening brackets": "((((",
    "pairs": "()()",
    "nested": "(“‘«",
    "straight marks": '""""',
    "marks and stops": '."."',
    "stops and closers": ".).)",
    "stops and spaces": ". . ",
    "shouts and spaces": "! ! ",
    "spaces": "    ",
    "newlines": "\n\n\n\n",
    "returns": "\r\n\r\n",
    "short lines": "a\nb\n",
    "letters": "abcd",
    "words": "ab c",
    "semicolons": "a; b",
    "commas": "a, (",
    "apostrophes": "'a 'b",
    "capital words": "Ab.Cd",
    "addresses": "@Ab.Cd",
    "footnotes": ".[1]",
    "emphasis": "*.*_",
    "full stops": "。」「。",
    "enumerators": "1. 2. ",
    "combining": "\u0301.A",
    "wrapped": LINE + "\n",
    "Greek": "α;Α; ",
}


@pytest.mark.parametrize("unit", ADVERSARIES.values(), ids=ADVERSARIES.keys())
def test_adversaries_are_covered(unit: str) -> None:
    """Hostile text of 4,000 characters divides without loss, into sentences within the limit."""
    text = repeated(unit, 4000)
    spans = segment(text)
    assert all(span.end - span.start <= LONGEST_SENTENCE for span in spans)
    assert "".join("".join(text[s.start : s.end].split()) for s in spans) == "".join(text.split())


@pytest.mark.parametrize("unit", ADVERSARIES.values(), ids=ADVERSARIES.keys())
def test_calls_are_linear(unit: str) -> None:
    """Twice the hostile text takes less than 2.6 times the calls."""
    counted = [calls(segment, repeated(unit, length)) for length in (4000, 8000, 16000)]
    for shorter, longer in pairwise(counted):
        assert longer < max(2.6 * shorter, 200)


@pytest.mark.slow
@pytest.mark.parametrize("unit", ADVERSARIES.values(), ids=ADVERSARIES.keys())
def test_time_is_linear(unit: str) -> None:
    """Twice the text takes less than 2.6 times the time, up to 2 million characters, in one try of three."""

    def seconds(length: int) -> float:
        text = repeated(unit, length)
        begun = time.process_time()
        segment(text)
        return time.process_time() - begun

    def ratios() -> list[float]:
        measured = [seconds(length) for length in (500_000, 1_000_000, 2_000_000)]
        return [longer / max(shorter, 0.02) for shorter, longer in pairwise(measured)]

    assert any(max(ratios()) < 2.6 for _ in range(3))

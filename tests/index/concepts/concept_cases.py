"""Sentences with their concepts, written by hand: `text → ids`, one per line, in reading order.

`d4-22` stands for `date:4-22 month:4`, `#5` for `number:5`, `y2025` for `year:2025`, `%5` for `percent:5`,
two capitals for a country, three for a currency, `m4` and `w1` for a month and a weekday.
"""

SAME = """
Ngày 22/4, hai bên gặp nhau. → d4-22
Hai bên gặp nhau hôm 22/4. → d4-22
22 tháng 4 → d4-22
ngày 22 tháng Tư → d4-22
ngày 22 tháng tư năm 2025 → d4-22 y2025
Ngày 22-4, cuộc họp bắt đầu. → d4-22
ngay 22 thang 4 → d4-22
ngay 22/4 → d4-22
22/04/2025 → d4-22 y2025
2025-04-22 → d4-22 y2025
April 22 → d4-22
April 22nd, 2025 → d4-22 y2025
on 22 April 2025 → d4-22 y2025
the 22nd of April → d4-22
le 22 avril 2025 → d4-22 y2025
am 22. April 2025 → d4-22 y2025
el 22 de abril de 2025 → d4-22 y2025
il 22 aprile → d4-22
em 22 de abril → d4-22
22 апреля 2025 года → d4-22 y2025
22 квітня → d4-22
22 kwietnia 2025 → d4-22 y2025
4月22日 → d4-22
2025年4月22日 → d4-22 y2025
四月二十二日 → d4-22
4월 22일 → d4-22
2025년 4월 22일 → d4-22 y2025
22 เมษายน → d4-22
22 Nisan → d4-22
22 أبريل → d4-22
22 अप्रैल → d4-22
22 Απριλίου → d4-22
tanggal 22 April → d4-22
22 april 2025 → d4-22 y2025
từ ngày 20-22/4 → date:4-20 date:4-22 month:4
tháng 4/2025 → m4 y2025
tháng Tư năm 2025 → m4 y2025
Tháng 12, tuyết rơi. → m12
in April 2025 → m4 y2025
en octobre → m10
im Oktober → m10
в октябре → 
Các bên họp trong tháng 10. → m10
since May → m5
5 tỷ USD → #5000000000 USD
5 tỉ đô la → #5000000000 USD
5 billion dollars → #5000000000 USD
$5 billion → USD #5000000000
$5bn → USD #5000000000
US$5 billion → USD #5000000000
USD 5 billion → USD #5000000000
5 milliards de dollars → #5000000000 USD
5 Milliarden Dollar → #5000000000 USD
5 Mrd. Dollar → #5000000000 USD
5 mil millones de dólares → #5000000000 USD
5 miliardi di dollari → #5000000000 USD
5 млрд долларов → #5000000000 USD
5 миллиардов долларов → #5000000000 USD
5 мільярдів доларів → #5000000000 USD
5 miliardów dolarów → #5000000000 USD
50亿美元 → #5000000000 USD
50億ドル → #5000000000 USD
50억 달러 → #5000000000 USD
5 พันล้านดอลลาร์ → #5000000000 USD
năm tỷ đô la → #5000000000 USD
five billion dollars → #5000000000 USD
cinq milliards → #5000000000
5.000.000.000 đồng → #5000000000 VND
3,7 tỷ euro → #3700000000 EUR
3.7 billion euros → #3700000000 EUR
€3.7 billion → EUR #3700000000
1 triệu 200 nghìn đồng → #1200000 VND
1,2 triệu đồng → #1200000 VND
1.200.000 đồng → #1200000 VND
120万円 → #1200000 JPY
500 nghìn rúp → #500000 RUB
500 тысяч рублей → #500000 RUB
40 tỷ nhân dân tệ → #40000000000 CNY
400亿元人民币 → #40000000000 CNY
2 nghìn tỷ đồng → #2000000000000 VND
2 trillion → #2000000000000
3,7% → %3.7
3.7 percent → %3.7
3,7 phần trăm → %3.7
3,7 Prozent → %3.7
3,7 pour cent → %3.7
3,7 процента → %3.7
5.580 người → #5580
5,580 people → #5580
5 580 personnes → #5580
năm 2024 → y2024
in 2024 → y2024
2024年 → y2024
Nga đề xuất ngừng bắn. → RU
Phía Nga chưa trả lời. → RU
Người Nga ăn mừng. → RU
Bộ Quốc phòng Nga thông báo. → RU
Liên bang Nga ký kết. → RU
Russia proposes a truce. → RU
Russian troops withdrew. → RU
The Russians withdrew. → RU
la Russie → RU
les troupes russes → RU
russische Truppen → RU
Russlands Armee → RU
las tropas rusas → RU
Россия предложила перемирие. → RU
в России → RU
российские войска → RU
Росія → RU
Rosja → RU
Rusya'nın önerisi → RU
俄罗斯军队 → RU
ロシア軍 → RU
러시아는 제안했다 → RU
กองทัพรัสเซีย → RU
وروسيا → RU
रूस → RU
tong thong Nga → RU
Tổng thống Mỹ Donald Trump → US
nước Mỹ → US
Hoa Kỳ → US
the United States → US
the U.S. Army → US
US troops → US
American troops → US
les États-Unis → US
die Vereinigten Staaten → 
amerikanische Truppen → US
Estados Unidos → US
США → US
美国总统 → US
米国 → US
미국은 → US
tong thong my → US
Thủ tướng Đức Friedrich Merz → DE
Đức viện trợ cho Ukraine. → DE UA
German aid → DE
l'Allemagne → DE
немецкий канцлер → DE
ドイツは → DE
Anh, Pháp và Đức ra tuyên bố chung. → GB FR DE
Thủ tướng Anh Keir Starmer → GB
nước Anh → GB
Britain and France → GB FR
the UK government → GB
British troops → GB
Великобритания → GB
Brussels, Bỉ → BE
tại Ý → IT
ở Áo → AT
Vienna (Áo) → AT
Hà Lan, Ba Lan và Phần Lan → NL PL FI
Chi Lê → CL
Chile → CL
Hàn Quốc và Triều Tiên → KR KP
South Korea and North Korea → KR KP
韩国和朝鲜 → KR KP
Nhật Bản → JP
người Nhật → JP
日本と中国 → JP CN
Việt Nam → VN
Vietnamese rice → VN
Viet Nam → VN
Trung Quốc, trung quoc → CN
Thổ Nhĩ Kỳ → TR
Turkey's president → TR
tay ban nha → ES
U20 Pháp thắng → FR
sáng thứ Hai (21/4) → w1 d4-21
Thứ Hai (21/4), hai bên họp. → w1 d4-21
Chủ nhật tới → w7
on Monday → w1
lundi prochain → w1
в понедельник → w1
星期一 → w1
月曜日 → w1
월요일 → w1
"""

TRAPS = """
Tỷ số là 2-1. → 
Trận đấu kết thúc 3–2. → 
lúc 22:4 → 
lúc 14:30 → 
Lúc 9h30 sáng → 
Lúc 14 giờ chiều → 
3/4 dân số → 
khoảng 1/3 số phiếu → 
2/3 of the votes → 
Hỗ trợ 24/7 → 
Gọi số 0912 345 678 → 
Điện thoại: 028-3822-1234 → 
+84 912 345 678 → 
phiên bản 3.11.4 → 
địa chỉ 192.168.1.10 → 
máy bay F-16 và tên lửa S-400 → 
xe tăng T-90 → 
COVID-19 → 
mạng 5G → 
Anh nói rằng sẽ về. → 
Anh ấy đã về. → 
anh Đức và chị Nga → 
Ông Nguyễn Văn Đức phát biểu. → 
Bà Mỹ Linh hát. → 
Ca sĩ Mỹ Tâm hát. → 
Bạn Mỹ của tôi → 
Cô Thúy Nga múa. → 
Hằng Nga và chú Cuội → 
Nguyễn Phương Nga → 
Bộ trưởng Trần Tuấn Anh, Việt Nam → VN
Pháp luật quy định rõ. → 
Theo Pháp lệnh này → 
Ý kiến của ông → 
Ý nghĩa của việc này → 
Ý tưởng hay → 
Áo dài rất đẹp. → 
Áo khoác bị rách. → 
Đức tính tốt → 
Đức Giáo hoàng Francis → 
Đức Phật dạy → 
Đức Mẹ → 
tỉnh Lào Cai → 
sân Mỹ Đình → 
mỹ phẩm và mỹ thuật → 
Nam Mỹ và Bắc Mỹ → 
châu Mỹ → 
Trung Mỹ → 
anh Nam đi về phương Nam → 
Nhật ký trong tù → 
sinh nhật → 
Biển Đông → 
Ấn Độ Dương → 
bán đảo Triều Tiên → 
Cách mạng tháng Tám thành công. → 
Cách mạng Tháng Mười → 
the October Revolution → 
Chiến tranh thế giới thứ hai → 
lần thứ Hai → 
người thứ ba → 
trong 3 tháng → 
3 tháng 4 ngày → 
mỗi tháng 2 lần → 
tháng năm người → 
một tháng 5 lần → 
bi ban → 
ba lan di cho → 
thuy dien → 
my name is Anna → 
anh oi → 
nga xuong → 
he may go → 
they march home → 
an august body → 
give us food → 
give US food → US
turkey soup → 
to polish shoes → 
Michael Jordan → 
the Indian Ocean → 
South America → 
New Mexico → 
the South China Sea → 
タイトル → 
タイム → 
マリア → 
马里兰 → 
印度尼西亚 → ID
Indonesia → ID
インドネシア → ID
5 con mèo → 
Ba người → 
hai triệu người → #2000000
hàng triệu người → 
đồng chí → 
hội đồng → 
bảng xếp hạng → 
they won 5 medals → 
50 won → #50 KRW
Điều 5 Luật này → 
Sydney, Úc → AU
Úc và New Zealand → AU NZ
Tây Đức → 
xã Văn Úc → 
Việt → 
Mai là ngày 5 → 
Ngày mai → 
Chúa Nhật → 
三月間 → 
3个月 → 
10-15 người → 
1990-1995 → 
32/13 → 
0/0 → 
31/12 → d12-31
ngày 31/12 → d12-31
4/22 → 
"""

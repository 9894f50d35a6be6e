"""Days that texts name, and many things that only look like days."""

import datetime as dt
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.records import Dated, Document
from index.sources.metadata.dating import dated
from index.text.datelines import dateline, in_file_name
from index.text.dates import mentions

WEDNESDAY = dt.date(2024, 4, 24)

# Each sentence with the days it names, for a document of Wednesday, 24 April 2024: "=" in full, "~" relative.
TABLE = """
Hội nghị họp ngày 9/7/2024. | =2024-07-09
Hội nghị họp ngày 09/07/2024. | =2024-07-09
Hội nghị họp ngày 9-7-2024. | =2024-07-09
Hội nghị họp ngày 9.7.2024. | =2024-07-09
Ký ngày 22 tháng 4 năm 2023 tại Hà Nội. | =2023-04-22
Ký ngày 22 tháng 4, 2023 tại Hà Nội. | =2023-04-22
Ký ngày 22 tháng 4 2023. | =2023-04-22
Ký ngày 22 Tháng 4 Năm 2023. | =2023-04-22
Bản tin 2024-05-01 đã đăng. | =2024-05-01
Bản tin 2024/05/01 đã đăng. | =2024-05-01
(22/4/2024) Tin vắn | =2024-04-22
Từ 1/1/2024 đến 31/12/2024. | =2024-01-01 =2024-12-31
Họp ngày 9-11/7/2024 tại Mỹ. | =2024-07-09 =2024-07-11
Họp ngày 9 - 11/7/2024 tại Mỹ. | =2024-07-09 =2024-07-11
Ngày 29/2/2024 là ngày nhuận. | =2024-02-29
Sáng 22/4/2024, ông nói. | =2024-04-22
He left on April 22, 2024. | =2024-04-22
He left on Apr. 22, 2024. | =2024-04-22
He left on 22 April 2024. | =2024-04-22
He left on the 22nd of April 2024. | =2024-04-22
On May 1st, 2023, it rained. | =2023-05-01
Sept. 5, 2023 was hot. | =2023-09-05
Sinh ngày 2/9/1945, mất ngày 3/9/1969. | =1945-09-02 =1969-09-03
Ngày 22/4, Tổng thống tuyên bố. | ~2024-04-22
Hôm 22/4, Tổng thống tuyên bố. | ~2024-04-22
Sáng 22/4, đoàn đến. | ~2024-04-22
Sáng ngày 22/4, đoàn đến. | ~2024-04-22
Chiều 22-4, đoàn đến. | ~2024-04-22
Tối 22/4 trời mưa. | ~2024-04-22
Rạng sáng 22/4, cháy lớn. | ~2024-04-22
Đêm 22/4 có bão. | ~2024-04-22
Trưa ngày 22/4 nắng. | ~2024-04-22
Thứ Hai, 22/4, chợ mở. | ~2024-04-22
Thứ Hai ngày 22/4 chợ mở. | ~2024-04-22
Sáng thứ Hai (22/4) chợ mở. | ~2024-04-22
Chủ nhật (21/4) chợ đóng. | ~2024-04-21
Ngày 22 tháng 4, ông đến. | ~2024-04-22
Mùng 5 tháng 4, ông đến. | ~2024-04-05
Mồng 5/4, ông đến. | ~2024-04-05
Từ ngày 9-11/7, hội nghị họp. | ~2024-07-09 ~2024-07-11
Ngày 30/12, tuyết rơi. | ~2023-12-30
Ngày 20/1, tuyết rơi. | ~2024-01-20
Ngày 20/11, trường nghỉ. | ~2023-11-20
Ngày 20/11 tới, trường nghỉ. | ~2024-11-20
Ngày 20/5 vừa qua, trường nghỉ. | ~2023-05-20
Ngày 22/4 năm ngoái, ông đến. | ~2023-04-22
Ngày 20/11 năm nay, trường nghỉ. | ~2024-11-20
Ngày 20/11 năm trước, trường nghỉ. | ~2023-11-20
Ngày 5/2 năm tới có hội. | ~2025-02-05
Ngày 29/2 vừa qua, ông đến. | ~2024-02-29
Hôm nay trời đẹp. | ~2024-04-24
Hôm qua trời mưa. | ~2024-04-23
Ngày hôm qua trời mưa. | ~2024-04-23
Hôm kia trời mưa. | ~2024-04-22
Sáng nay, ông đến. | ~2024-04-24
Chiều nay, ông đến. | ~2024-04-24
Tối qua, ông đến. | ~2024-04-23
Đêm qua, bão đổ bộ. | ~2024-04-23
Chiều hôm qua, ông đến. | ~2024-04-23
Ngày mai, quốc hội họp. | ~2024-04-25
Sáng mai, quốc hội họp. | ~2024-04-25
Cách đây 10 ngày, ông đến. | ~2024-04-14
Thứ Ba tuần trước, ông đến. | ~2024-04-16
Thứ ba tuần trước, ông đến. | ~2024-04-16
Thứ 3 tuần trước, ông đến. | ~2024-04-16
Chủ nhật tuần trước, ông đến. | ~2024-04-21
Thứ Sáu tuần này, ông đến. | ~2024-04-26
Thứ Hai tuần sau, ông đến. | ~2024-04-29
Thứ Hai tuần tới, ông đến. | ~2024-04-29
Thứ Tư tuần rồi, ông đến. | ~2024-04-17
Hôm thứ Ba, ông đến. | ~2024-04-23
Hôm thứ Tư, ông đến. | ~2024-04-24
Hôm thứ Năm, ông đến. | ~2024-04-18
Hôm Chủ nhật, ông đến. | ~2024-04-21
Thứ Tư vừa qua, ông đến. | ~2024-04-17
Thứ Ba tới, ông đến. | ~2024-04-30
Thứ Tư tới, ông đến. | ~2024-05-01
He said yesterday it was over. | ~2024-04-23
He arrives tomorrow. | ~2024-04-25
He said today it was over. | ~2024-04-24
He said on Tuesday it was over. | ~2024-04-23
He said last Wednesday it was over. | ~2024-04-17
He arrives next Wednesday. | ~2024-05-01
It began 3 days ago. | ~2024-04-21
On April 22 he left. | ~2024-04-22
He left on 22 April. | ~2024-04-22
Dec 30 was cold. | ~2023-12-30
Hôm qua, ông nhắc lại cuộc họp ngày 9/7/2023. | ~2024-04-23 =2023-07-09
Tỷ số là 2-1. |
Đội khách thắng 2-1 ở hiệp 1/2. |
Uống 1/2 viên thuốc. |
Uống mỗi ngày 1/2 viên thuốc. |
Uống một ngày 1/2 viên thuốc. |
Ngày 1/2 viên là đủ. |
Một phần 3/4 dân số. |
Nhà ở đường 3/2. |
Nhà ở đường 3/2, quận 10. |
Nhà số 12/7 phố Huế. |
Nhà ở đường 30/4. |
Bệnh viện 19-8 đông người. |
Quảng trường 1/5 đông người. |
Nghỉ lễ 30/4 và 1/5. |
Dịp 30/4, phố đông. |
Ngày 31/2 không có thật. |
Ngày 30/2/2024 không có thật. |
Ngày 31/4/2024 không có thật. |
Ngày 29/2/2023 không có thật. |
Ngày 32/1 không có thật. |
Ngày 10/13 không có thật. |
Ngày 0/5 không có thật. |
Ngày 5/0/2024 không có thật. |
Ngày 5/5/0024 không có thật. |
Gọi 0912-345-678. |
Gọi 090-12-12-2024. |
Gọi 028.3829.2024. |
Nghị định 24/2014/NĐ-CP. |
Quyết định số 12/7/2014/QĐ-UB. |
Thông tư 01/2024/TT-BYT. |
Phục vụ 24/7. |
Mở cửa 24/24. |
Địa chỉ 1.2.2024.5 là giả. |
Phiên bản v1.2.2024 đã có. |
Tăng 3-4% một năm. |
Giá 1.500-2.000 đồng. |
Khoảng 5-6 người. |
Trong 5 tháng 4 người chết. |
Tháng 4 có mưa. |
Năm 2024 có bão. |
Quý 2/2024 tăng. |
Tháng 4/2024 tăng. |
Ba ngày trước khi bầu cử. |
3 ngày trước khi bầu cử. |
Hôm sau, ông đi. |
Hôm đó, ông đi. |
Hôm trước, ông đi. |
Cùng ngày, ông đi. |
Tuần trước, ông đi. |
Thứ Ba, ông đi. |
Ông đứng thứ ba. |
Ông đứng thứ hai toàn đoàn. |
Lần thứ tư liên tiếp. |
Thứ năm là vấn đề giá. |
Qua hôm thi, ai cũng mệt. |
Ngày nay, ai cũng biết. |
Nay mai sẽ rõ. |
Tỷ lệ 50/50. |
Điểm 9/10. |
Màn hình 16/9. |
Nhóm máu 1-2-3. |
Xe F-16 và A320-200. |
Kênh VTV1/2 phát lại. |
Ngày 22/4/24 ghi tắt. |
He may 5 times a day. |
It is 5 May be more. |
May 2024 was hot. |
They march 10 miles. |
In April it rains. |
A score of 2-1. |
About 1/2 of them. |
Open 24/7. |
Version 1.2.2024.1 is out. |
Flight 5/2024-A left. |
Room 12-7-20245 is free. |
On Mondays we rest. |
"""
ROWS = [tuple(part.strip() for part in line.split("|")) for line in TABLE.strip().splitlines()]


def found(text: str, published: dt.date | None) -> list[str]:
    """Return the days of a text as the table writes them."""
    signs = {Dated.SENTENCE: "=", Dated.RELATIVE: "~"}
    return [f"{signs[mention.how]}{mention.date}" for mention in mentions(text, published)]


def test_there_are_many_sentences() -> None:
    """At least 150, more than a third of them traps."""
    assert len(ROWS) >= 150
    assert sum(not days for _, days in ROWS) > len(ROWS) / 3


@pytest.mark.parametrize(("text", "days"), ROWS)
def test_sentences(text: str, days: str) -> None:
    """Every day the sentence names, and how; without a day of the document only those named in full."""
    assert found(text, WEDNESDAY) == days.split()
    assert found(text, None) == [day for day in days.split() if day.startswith("=")]


FORMS = ("{d}/{m}/{y}", "ngày {d:02}/{m:02}/{y}", "{d}-{m}-{y}", "{y}-{m:02}-{d:02}", "{d} tháng {m} năm {y}")


@settings(deadline=None)
@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)), st.sampled_from(FORMS))
def test_every_day_is_read_in_every_form(day: dt.date, form: str) -> None:
    """What the calendar writes is what is read, at its place, by any document."""
    written = form.format(d=day.day, m=day.month, y=day.year)
    text = f"Hội nghị ({written}) đã họp."
    (mention,) = mentions(text, WEDNESDAY)
    assert (mention.date, mention.how) == (day, Dated.SENTENCE)
    assert text[mention.start : mention.end] == written.removeprefix("ngày ")


@settings(deadline=None)
@given(st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1)), st.integers(-150, 150))
def test_a_day_without_a_year_is_near_its_document(published: dt.date, away: int) -> None:
    """A report that names a day of the last or next months gets it back."""
    day = published + dt.timedelta(away)
    if (day.month, day.day) != (2, 29):
        assert found(f"Ngày {day.day}/{day.month}, ông nói.", published) == [f"~{day}"]


@settings(deadline=None)
@given(st.dates(dt.date(1950, 1, 1), dt.date(2050, 1, 1)), st.integers(0, 6))
def test_weekdays(published: dt.date, number: int) -> None:
    """The weekday of last week is one of the seven days from its Monday on; "hôm thứ …" is no later."""
    name = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")[number]
    (before,) = mentions(f"Ông nói {name} tuần trước.", published)
    assert before.date.isocalendar()[:2] == (published - dt.timedelta(7)).isocalendar()[:2]
    (recent,) = mentions(f"Ông nói hôm {name}.", published)
    assert dt.timedelta(0) <= published - recent.date < dt.timedelta(7)
    assert before.date.weekday() == recent.date.weekday() == number


@settings(deadline=None)
@given(
    st.text(max_size=80) | st.from_regex(r"(ngày |hôm )?\d{1,3}[/.-]\d{1,3}([/.-]\d{1,5})?", fullmatch=True)
)
def test_any_text(text: str) -> None:
    """Nothing raises, places lie in the text, and at the ends of time there is no day beyond."""
    for published in (None, WEDNESDAY, dt.date.min, dt.date.max):
        for mention in mentions(text, published):
            assert 0 <= mention.start < mention.end <= len(text)
            assert 1900 <= mention.date.year <= 2100


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hà Nội, 22/4/2024\nÔng nói.", "2024-04-22"),
        ("Hà Nội, ngày 22 tháng 4 năm 2024 - Ông nói.", "2024-04-22"),
        ("HÀ NỘI (TTXVN) 22/4/2024 - Ông nói.", "2024-04-22"),
        ("Tít bài\n\nTP.HCM, 22/4/2024: Ông nói.", "2024-04-22"),
        ("April 22, 2024 – He said.", "2024-04-22"),
        ("WASHINGTON, April 22, 2024 (Reuters) - He said.", "2024-04-22"),
        ("Layoffs\n\n07/01/2015\n\n09/17/2015\n\nThe company reported.", None),
        ("22 April 2024\nHe said.", "2024-04-22"),
        ("(22/4/2024) - Ông nói.", "2024-04-22"),
        ("Ngày 22/4/2024, ông nói.", None),
        ("Sáng 22/4/2024, ông nói.", None),
        ("On April 22, 2024, he said.", None),
        ("Hà Nội, 22/4 - Ông nói.", None),
        ("LONDON, April 22 (Reuters) - He said.", None),
        ("Hà Nội, 31/2/2024\nÔng nói.", None),
        ("Ông nói.\nBà nói.\nAi nói.\nGì nữa.\nHà Nội, 22/4/2024\n", None),
        ("Ông Nam đến Hà Nội 22/4/2024.", None),
        ("", None),
    ],
)
def test_datelines(text: str, day: str | None) -> None:
    """The line with which a report begins has its day in full; a sentence that names a day is no dateline."""
    assert dateline(text) == (dt.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2024-05-01-tin.txt", "2024-05-01"),
        ("tin_20240501.txt", "2024-05-01"),
        ("2024/05/01/tin.txt", "2024-05-01"),
        ("tin 25-01-2024.txt", "2024-01-25"),
        ("tin 1.1.2024.txt", "2024-01-01"),
        ("05-01-2024.txt", None),
        ("2024-13-01.txt", None),
        ("2024-02-30.txt", None),
        ("2024-05-01 2024-05-02.txt", None),
        ("004_978839766c41e6e8.txt", None),
        ("920240501.txt", None),
        ("2024.txt", None),
    ],
)
def test_file_names(name: str, day: str | None) -> None:
    """One day, year first or unmistakably day first; an ambiguous date is not a day."""
    assert in_file_name(name) == (dt.date.fromisoformat(day) if day else None)


@pytest.mark.parametrize(
    ("text", "language", "day"),
    [
        ("Hội nghị bế mạc hôm qua tại La Haye.", None, "2024-01-05"),
        (unicodedata.normalize("NFD", "Hội nghị bế mạc hôm qua tại La Haye."), None, "2024-01-05"),
        ("Hoi nghi be mac hom qua tai La Haye.", None, None),
        ("Hoi nghi be mac hom qua tai La Haye.", "vi", "2024-01-05"),
        ("Prime Minister Phạm Minh Chính spoke to the leaders of the alliance in The Hague.", None, None),
        ("Le sommet s'est achevé hier à La Haye, a déclaré le président.", None, None),
        ("Hội nghị bế mạc hôm qua tại La Haye.", "en", None),
    ],
)
def test_who_writes_vietnamese_writes_the_day_first(text: str, language: str | None, day: str | None) -> None:
    """So a file name that could be of two days is of one; in other languages it is of none."""
    document = Document("05-01-2024.txt", text, language=language)
    assert str(dated(document, "05-01-2024.txt").date or "") == (day or "")
    assert dated(Document("1", text), "05-01-2024.txt").date is None  # a row of a file
    impossible = Document("01-13-2024.txt", text, language=language)
    assert dated(impossible, impossible.id).date is None


def test_the_best_source_of_a_day_wins() -> None:
    """What is stated stays; then dateline, address, file name; a row of a file has no file name."""
    url = "https://x.vn/2024/07/12/a"
    name = "2024-01-01.txt"
    stated = Document(name, "Hà Nội, 22/4/2024\nCâu.", url=url, date=dt.date(2020, 1, 1))
    assert dated(stated, name) is stated
    for document, day, how in (
        (Document(name, "Hà Nội, 22/4/2024\nCâu.", url=url), dt.date(2024, 4, 22), Dated.DATELINE),
        (Document(name, "Câu.", url=url), dt.date(2024, 7, 12), Dated.ADDRESS),
        (Document(name, "Câu."), dt.date(2024, 1, 1), Dated.FILE_NAME),
    ):
        assert (dated(document, name).date, dated(document, name).dated) == (day, how)
    row = Document("7", "Câu.")
    assert dated(row, name) is row

"""What `trichdan ask --explain` says: names that people can read for what the ranker weighs."""

from collections.abc import Mapping
from typing import NamedTuple


class ExplainTexts(NamedTuple):
    """Headings, and for each name of the ranker a short one and what it means."""

    asked: str = "The question as it was understood"
    kinds: Mapping[str, str] = {
        "who": "asks for a person",
        "when": "asks for a time",
        "where": "asks for a place",
        "quantity": "asks for a number",
        "why": "asks for a reason",
        "how": "asks for a way",
        "what": "asks for a thing",
        "": "wants no kind of answer in particular",
    }
    words: str = "looks for"
    unknown: str = "the collection does not have"
    no_accents: str = "typed without accents, so accents are ignored"
    candidates: str = "Sentences compared with it: {count}."
    answered: str = (
        "Answered: the first sentence is {probability} probable, at or above the threshold {threshold}."
    )
    turned_away: str = (
        "Turned away: the first sentence is {probability} probable, below the threshold {threshold}."
    )
    nothing: str = "There is no sentence to compare with the question."
    below: str = "below the threshold"
    matched: str = "words that match"
    score: str = "score {sum}, which makes the order = sum of value × weight"
    odds: str = "probability {probability}, from log-odds {sum} = sum of value × weight, and of the trees"
    trees: str = "the decision trees add {sum}, because of"
    others: str = "all others"
    lacking: str = (
        "it lacks the time or number that is asked for, or is about another country, so {most} at most"
    )
    moved: str = "its score puts it at place {place}; reading moved it"
    read: str = (
        "read with the question: probability {probability}, from log-odds {sum} = sum of value × weight"
    )
    answer: str = "words that answer"
    capped: str = "by itself {own}, but at this place {probability}"
    legend: str = "What the names mean"
    names: Mapping[str, tuple[str, str]] = {
        "late_rare": ("word by word", "each looks for its nearest, rare ones count more; 1: all found"),
        "late_rare_paragraph": ("word by word, around", "the same in the whole paragraph around it"),
        "late_opening": ("word by word, opening", "the same in the first two sentences of the document"),
        "late_window": ("word by word, at one place", "the same in the six word pieces that match best"),
        "late_leaders": ("what differs", "the same, words that the ten best sentences lack counting more"),
        "late_exact": ("nearly same words", "share of them, by rarity, that meet one all but the same"),
        "dense": ("meaning", "how much nearer its vector is than usual, in standard deviations"),
        "dense_paragraph": ("meaning around", "the same with the mean vector of the paragraph"),
        "words_before": ("same words, two sentences", "share of the words, by rarity, in it or before it"),
        "words_paragraph": ("same words around", "words in the paragraph (BM25), by the most possible"),
        "phrases": ("phrases", "share of the question's neighbouring words that are neighbours in it"),
        "phrases_paragraph": ("phrases around", "the same in the whole paragraph"),
        "late_foreign": ("word by word, foreign", "word by word × share of the words the collection lacks"),
        "kind_when": ("has a time", "asked when: 1 if the sentence has a date, -1 if not, 0 if not asked"),
        "kind_quantity": ("has a number", "the same where how many is asked"),
        "kind_why": ("has a reason", "the same where why is asked"),
        "kind_where": ("has a place", "the same where where is asked"),
        "kind_who": ("has a person", "the same where who is asked"),
        "country": ("the countries", "1 if each one of the question is named near it, -1 if not"),
        "length": ("length", "logarithm of the number of its word pieces"),
        "beside": ("what is new", "logarithm of the weight of what the question has nothing like"),
        "concepts_paragraph": ("concepts around", "countries, dates and amounts in its paragraph, by rarity"),
        "score": ("score", "the score above"),
        "lead": ("lead", "its log-odds in the softmax over all sentences"),
        "match": ("match", "how much of the question, by rarity, its words have a match for"),
        "words": ("same words", "share of the question's words, by rarity, in it or the sentence before it"),
        "level": ("level", "the mean score of all sentences considered"),
        "foreign": ("another language", "1 if the collection lacks most words of the question"),
        "dense_foreign": ("meaning, foreign", "meaning × another language"),
        "bias": ("constant", "when every value is 0"),
        "odds": ("before reading", "log-odds of the probability above"),
        "odds_first": ("first before reading", "the same of the sentence that stood first then"),
        "answers": ("reads as an answer", "log-odds by the reader that the sentence answers"),
        "answers_other": ("another answers", "the highest log-odds by the reader of another sentence"),
        "elsewhere": ("about another country", "1 if the country asked for is not named near it"),
        "holding": ("has what is asked", "1 if it has the kind of quantity or time asked for"),
        "lacking": ("lacks what is asked", "1 if it has none of that kind"),
        "counted": ("counts the same", "1 if it counts what is to be counted, -1 if something else"),
        "marked": ("words of the kind", "1 if the words that answer hold that kind, -1 if not"),
        "of_country": (
            "words of the country",
            "1 if the last country before these words is asked about, -1 if not",
        ),
    }


EN = ExplainTexts()
VI = ExplainTexts(
    asked="Câu hỏi được hiểu thế này",
    kinds={
        "who": "hỏi về người", "when": "hỏi về thời gian", "where": "hỏi về nơi chốn",
        "quantity": "hỏi về số lượng", "why": "hỏi về lý do", "how": "hỏi về cách thức",
        "what": "hỏi về sự vật", "": "không rõ hỏi về điều gì",
    },
    words="tìm các từ",
    unknown="bộ sưu tập không có",
    no_accents="gõ không dấu, nên không xét dấu",
    candidates="{count} câu được so với câu hỏi.",
    answered="Trả lời: câu đầu có xác suất {probability}, từ ngưỡng {threshold} trở lên.",
    turned_away="Không trả lời: câu đầu có xác suất {probability}, dưới ngưỡng {threshold}.",
    nothing="Không có câu nào để so với câu hỏi.",
    below="dưới ngưỡng",
    matched="từ khớp",
    score="điểm {sum}, dùng để xếp thứ tự = tổng của giá trị × trọng số",
    odds="xác suất {probability}, từ log-odds {sum} = tổng của giá trị × trọng số và của các cây",
    trees="các cây quyết định thêm {sum}, vì",
    others="các giá trị khác",
    lacking="câu không có thời gian hay con số được hỏi, hoặc nói về nước khác, nên nhiều nhất {most}",
    moved="theo điểm thì nó đứng thứ {place}; đọc xong thì xếp lại",
    read="đọc cùng câu hỏi: xác suất {probability}, từ log-odds {sum} = tổng của giá trị × trọng số",
    answer="phần trả lời",
    capped="riêng nó là {own}, nhưng chỗ đứng này được {probability}",
    legend="Các tên có nghĩa là",
    names={
        "late_rare": ("khớp từng từ", "mỗi từ tìm từ gần nghĩa nhất, từ hiếm tính nhiều hơn; 1 là có đủ"),
        "late_rare_paragraph": ("khớp từng từ, cả đoạn", "cũng thế, tìm trong cả đoạn văn quanh câu"),
        "late_opening": ("khớp từng từ, đầu bài", "cũng thế, trong hai câu đầu của tài liệu"),
        "late_window": ("khớp từng từ, một chỗ", "cũng thế, trong sáu mảnh từ liền nhau khớp nhất"),
        "late_leaders": ("khớp điều khác biệt", "cũng thế, từ mà mười câu tốt nhất ít có thì tính nhiều hơn"),
        "late_exact": ("khớp gần nguyên từ", "phần các từ, theo độ hiếm, gặp từ gần như trùng"),
        "dense": ("gần nghĩa", "vectơ của cả câu gần câu hỏi hơn mức thường bao nhiêu lần độ lệch chuẩn"),
        "dense_paragraph": ("gần nghĩa, cả đoạn", "cũng thế, với vectơ trung bình của cả đoạn"),
        "words_before": ("đúng từ, cả câu trước", "phần các từ, theo độ hiếm, có trong câu hay câu trước"),
        "words_paragraph": ("đúng từ, cả đoạn", "các từ trong đoạn (BM25), so với mức cao nhất"),
        "phrases": ("đúng cụm từ", "phần các cặp từ liền nhau của câu hỏi cũng liền nhau trong câu"),
        "phrases_paragraph": ("đúng cụm từ, cả đoạn", "cũng thế, trong cả đoạn"),
        "late_foreign": ("khớp từ, tiếng khác", "khớp từng từ × phần từ mà bộ sưu tập không có nguyên dạng"),
        "kind_when": ("có thời gian", "hỏi khi nào: 1 nếu câu có ngày, −1 nếu không, 0 khi hỏi khác"),
        "kind_quantity": ("có số lượng", "cũng thế, khi hỏi bao nhiêu"),
        "kind_why": ("có lý do", "cũng thế, khi hỏi vì sao"),
        "kind_where": ("có nơi chốn", "cũng thế, khi hỏi ở đâu"),
        "kind_who": ("có người", "cũng thế, khi hỏi ai"),
        "country": ("nói về nước ấy", "1 nếu quanh câu có tên mỗi nước được hỏi, −1 nếu không"),
        "length": ("độ dài", "lôgarit số mảnh từ của câu"),
        "beside": ("điều mới", "lôgarit trọng lượng những mảnh từ không giống gì trong câu hỏi"),
        "concepts_paragraph": ("khái niệm trong đoạn", "nước, ngày, số tiền của câu hỏi, theo độ hiếm"),
        "score": ("điểm", "điểm ở trên"),
        "lead": ("hơn các câu khác", "log-odds của câu trong softmax của mọi câu được xét"),
        "match": ("khớp câu hỏi", "phần câu hỏi, tính theo độ hiếm, mà các từ của câu khớp được"),
        "words": ("đúng từ", "phần các từ, theo độ hiếm, có trong câu hay câu trước"),
        "level": ("mức chung", "điểm trung bình của mọi câu được xét"),
        "foreign": ("hỏi tiếng khác", "1 nếu bộ sưu tập không có quá nửa số từ của câu hỏi"),
        "dense_foreign": ("gần nghĩa, tiếng khác", "gần nghĩa × hỏi tiếng khác"),
        "bias": ("hằng số", "khi mọi giá trị bằng 0"),
        "odds": ("xác suất khi chưa đọc", "log-odds của xác suất ở trên"),
        "odds_first": ("xác suất câu đầu", "cũng thế, của câu đứng đầu khi chưa đọc"),
        "answers": ("đọc thấy trả lời", "log-odds mà trình đọc cho rằng câu này trả lời"),
        "answers_other": ("câu khác trả lời", "log-odds cao nhất mà trình đọc cho một câu khác"),
        "elsewhere": ("nói về nước khác", "1 nếu quanh câu không có tên nước được hỏi"),
        "holding": ("có điều được hỏi", "1 nếu câu có loại số lượng hay thời gian được hỏi"),
        "lacking": ("thiếu điều được hỏi", "1 nếu câu không có loại ấy"),
        "counted": ("đếm đúng thứ", "1 nếu câu đếm thứ được hỏi, −1 nếu đếm thứ khác"),
        "marked": ("từ trả lời đúng loại", "1 nếu những từ trả lời có loại ấy, −1 nếu không"),
        "of_country": ("từ trả lời về nước ấy", "1 nếu nước nêu ngay trước là nước được hỏi, −1 nếu không"),
    },
)  # fmt: skip  # fmt: skip

"""The vocabulary as a tokenizer whose offsets point into the text as given."""

from __future__ import annotations

from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

from khabar.encode.packed import Vocabulary

# What the model's own SentencePiece rules (nmt_nfkc) do beyond NFKC, read off the character map in the
# weights file: controls vanish, zero-width and odd spaces part words. Bidirectional controls, which the
# vocabulary does not know, vanish as well: they say how a line is drawn, not what it says.
VANISH = r"[\x01-\x08\x0B\x0E-\x1F\x7F\x{8F}\x{9F}\x{202A}-\x{202E}\x{2066}-\x{2069}\x{061C}]"
SPACE = r"[\x09\x0A\x0C\x0D\x{1680}\x{200B}-\x{200F}\x{2028}\x{2029}\x{2581}\x{FEFF}\x{FFFD}]"


def build_tokenizer(vocabulary: Vocabulary) -> Tokenizer:
    """A Unigram tokenizer over `vocabulary`; on request it sets the marks for start and end around a text."""
    made = Tokenizer(models.Unigram(list(vocabulary.pieces), unk_id=vocabulary.unknown, byte_fallback=False))
    made.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(VANISH), ""),
            normalizers.Replace(Regex(SPACE), " "),
            normalizers.NFKC(),
            normalizers.Replace(Regex(" {2,}"), " "),
            normalizers.Strip(),
        ]
    )
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    marks = [(vocabulary.pieces[at][0], at) for at in (vocabulary.start, vocabulary.end)]
    made.post_processor = processors.TemplateProcessing(
        single=f"{marks[0][0]} $A {marks[1][0]}", special_tokens=marks
    )
    return made

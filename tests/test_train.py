"""How a pipeline is trained: from treebanks to documents, repairs, variants, scores, a package."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest
import spacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.errors import KGError
from kg.train.augment import vary
from kg.train.conllu import Sentence, Word, read_conllu
from kg.train.corpus import Options, agreement, group, to_doc, variants
from kg.train.entities import forget, read_iob, to_entity_doc
from kg.train.pipeline import settings, train_pipeline
from kg.train.repairs import REPAIRS, Context, auxiliaries, normalise, respace
from kg.train.score import score_entities, score_trees
from kg.train.sources import Source, checksum, gather

DELLA = """\
# newdoc id = one
# text = La storia della città
1\tLa\til\tDET\tRD\tDefinite=Def|Gender=Fem|Number=Sing|PronType=Art\t2\tdet\t_\t_
2\tstoria\tstoria\tNOUN\tS\tGender=Fem|Number=Sing\t0\troot\t_\t_
3-4\tdella\t_\t_\t_\t_\t_\t_\t_\t_
3\tdi\tdi\tADP\tE\t_\t5\tcase\t_\t_
4\tla\til\tDET\tRD\tDefinite=Def|Gender=Fem|Number=Sing|PronType=Art\t5\tdet\t_\t_
5\tcittà\tcittà\tNOUN\tS\tGender=Fem\t2\tnmod\t_\tSpaceAfter=No
"""
COMPRARLA = """\
1\tVuole\tvolere\tAUX\tVM\t_\t2\taux\t_\t_
2-3\tcomprarla\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No
2\tcomprar\tcomprare\tVERB\tV\tVerbForm=Inf\t0\troot\t_\t_
3\tla\tla\tPRON\tPC\tClitic=Yes\t2\tobj\t_\t_
4\t.\t.\tPUNCT\tFS\t_\t2\tpunct\t_\t_
"""
DONT = """\
1\tWe\twe\tPRON\tPRP\t_\t4\tnsubj\t_\t_
2-3\tdon't\t_\t_\t_\t_\t_\t_\t_\t_
2\tdo\tdo\tAUX\tVBP\t_\t4\taux\t_\t_
3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_
4\tknow\tknow\tVERB\tVB\t_\t0\troot\t_\tSpaceAfter=No
"""


def tree(path: Path, text: str, tokens: str) -> list[Word]:
    path.write_text(text + "\n", "utf-8")
    [sentence] = read_conllu(path, tokens)  # type: ignore[arg-type]
    return sentence.words


def words(*rows: tuple[object, ...]) -> list[Word]:
    """Words of ``(form, lemma, upos, head, dep)`` rows, with features after them."""
    return [
        Word(form, lemma, upos, feats=dict(f.split("=") for f in feats), head=head, dep=dep)  # type: ignore[arg-type,union-attr,attr-defined]
        for form, lemma, upos, head, dep, *feats in rows
    ]


class TestTokens:
    def test_an_articulated_preposition_is_one_token_with_its_articles_features(
        self, tmp_path: Path
    ) -> None:
        della = tree(tmp_path / "a", DELLA, "merged")[2]
        assert (della.form, della.lemma, della.upos, della.dep) == ("della", "di", "ADP", "case")
        assert della.head == 3
        assert della.feats == {
            "Definite": "Def",
            "Gender": "Fem",
            "Number": "Sing",
            "PronType": "Art",
        }

    def test_a_verb_with_a_pronoun_is_one_token(self, tmp_path: Path) -> None:
        _, comprarla, stop = tree(tmp_path / "a", COMPRARLA, "merged")
        assert (comprarla.form, comprarla.lemma, comprarla.upos) == (
            "comprarla",
            "comprare",
            "VERB",
        )
        assert comprarla.feats == {"VerbForm": "Inf", "Clitic": "Yes"}
        assert not comprarla.space
        assert stop.head == 1

    def test_contractions_stay_two_tokens_without_a_space(self, tmp_path: Path) -> None:
        found = tree(tmp_path / "a", DONT, "split")
        assert [(w.form, w.space) for w in found] == [
            ("We", True),
            ("do", False),
            ("n't", True),
            ("know", False),
        ]
        assert to_doc(Vocab(), [found]).text == "We don't know"

    def test_split_merges_what_the_words_do_not_spell(self, tmp_path: Path) -> None:
        assert [w.form for w in tree(tmp_path / "a", DELLA, "split")][2] == "della"

    def test_the_better_way_is_the_one_that_agrees_with_spacy(self, tmp_path: Path) -> None:
        italian, english = spacy.blank("it"), spacy.blank("en")
        merged = [Sentence(tree(tmp_path / "a", COMPRARLA, "merged"))]
        assert agreement(italian, merged) == 1.0
        assert agreement(english, [Sentence(tree(tmp_path / "a", DONT, "split"))]) == 1.0
        assert agreement(english, [Sentence(tree(tmp_path / "a", DONT, "merged"))]) < 0.7

    def test_documents_are_named(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text(DELLA + "\n", "utf-8")
        assert [s.document for s in read_conllu(tmp_path / "a", "split")] == ["one"]

    def test_other_files_are_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("1\tword\n", "utf-8")
        with pytest.raises(KGError, match="line 1: 2 columns"):
            list(read_conllu(tmp_path / "a", "split"))


class TestRepairs:
    def test_labels_and_features_are_those_of_the_project(self) -> None:
        sentence = Sentence(
            words(
                ("Parte", "partire", "VERB", 0, "root", "Mood=Ind", "Style=Vrnc"),
                ("ieri", "ieri", "ADV", 0, "obl:tmod"),
                ("era", "essere", "AUX", 0, "aux:pass"),
            )
        )
        labels = {"keep": ["aux:pass"], "rename": {}, "features": ["Mood"]}
        normalise(sentence, labels)
        assert [w.dep for w in sentence.words] == ["ROOT", "obl", "aux:pass"]
        assert sentence.words[0].feats == {"Mood": "Ind"}

    def test_text_with_spaces_everywhere_is_respaced(self) -> None:
        tokens = "Disse : \" L' accordo , un po' ( vago ) . \"".split(" ")
        found = [Word(t, t, "X") for t in tokens]
        respace(found, Context({"elision": True, "apostrophe": ["po'"]}))
        assert to_doc(Vocab(), [found]).text == "Disse: \"L'accordo, un po' (vago).\""

    def test_passives(self) -> None:
        """*La legge è stata approvata*, *è approvata* (where others say so), *è andata* (never)."""
        clean = [
            Sentence(words(("è", "essere", "AUX", 1, d), ("x", v, "VERB", 1, "ROOT")))
            for v, d in (("approvare", "aux:pass"), ("andare", "aux"))
        ]
        context = Context({"passive": ["essere", "venire"]}, auxiliaries(clean, "essere"))
        full = words(
            ("legge", "legge", "NOUN", 3, "nsubj"),
            ("è", "essere", "AUX", 3, "aux"),
            ("stata", "essere", "AUX", 3, "aux"),
            ("fondata", "fondare", "VERB", 3, "ROOT"),
        )
        short = words(("è", "essere", "AUX", 1, "aux"), ("x", "approvare", "VERB", 1, "ROOT"))
        active = words(("è", "essere", "AUX", 1, "aux"), ("x", "andare", "VERB", 1, "ROOT"))
        for each in (full, short, active):
            REPAIRS["passives"](each, context)
        assert [w.dep for w in full] == ["nsubj:pass", "aux", "aux:pass", "ROOT"]
        assert short[0].dep == "aux:pass"
        assert active[0].dep == "aux"

    def test_relative_clauses(self) -> None:
        relative = words(
            ("casa", "casa", "NOUN", 0, "ROOT"),
            ("che", "che", "PRON", 2, "obj", "PronType=Rel"),
            ("vede", "vedere", "VERB", 0, "acl"),
            ("vista", "vedere", "VERB", 0, "acl"),
        )
        REPAIRS["relatives"](relative, Context())
        assert [w.dep for w in relative] == ["ROOT", "obj", "acl:relcl", "acl"]

    def test_possessives(self) -> None:
        suo = words(("suo", "suo", "DET", 1, "det", "Poss=Yes"), ("x", "x", "NOUN", 1, "ROOT"))
        REPAIRS["possessives"](suo, Context())
        assert suo[0].dep == "det:poss"

    def test_agents(self) -> None:
        """*It was founded by her in Rome*."""
        passive = words(
            ("was", "be", "AUX", 1, "aux:pass"),
            ("founded", "found", "VERB", 1, "ROOT"),
            ("by", "by", "ADP", 3, "case"),
            ("her", "she", "PRON", 1, "obl"),
            ("in", "in", "ADP", 5, "case"),
            ("Rome", "Rome", "PROPN", 1, "obl"),
        )
        REPAIRS["agents"](passive, Context({"agent": "by"}))
        assert [w.dep for w in passive if w.dep.startswith("obl")] == ["obl:agent", "obl"]


SIGNED = (
    ('"', '"', "PUNCT", 2, "punct"),
    ("Rome", "Rome", "PROPN", 2, "nsubj"),
    ("signed", "sign", "VERB", 2, "ROOT"),
    ("a", "a", "DET", 4, "det"),
    ("deal", "deal", "NOUN", 2, "obj"),
    ('"', '"', "PUNCT", 2, "punct"),
    (".", ".", "PUNCT", 2, "punct"),
)


class TestVariants:
    @pytest.mark.parametrize(
        ("name", "forms"),
        [
            ("capitals", '" ROME SIGNED A DEAL " .'),
            ("lower", '" rome signed a deal " .'),
            ("title", '" Rome Signed a Deal "'),
            ("bare", '" Rome signed a deal "'),
        ],
    )
    def test_forms_change_and_the_rest_stays(self, name: str, forms: str) -> None:
        before = words(*SIGNED)
        changed = vary(before, name, Random(0))
        assert changed is not None
        assert [w.form for w in changed] == forms.split(" ")
        assert [w.lemma for w in changed] == [w.lemma for w in before][: len(changed)]
        assert [w.form for w in before] == [row[0] for row in SIGNED]

    def test_marks_come_in_pairs_of_the_same_length(self) -> None:
        seen = set()
        for seed in range(20):
            changed = vary(words(*SIGNED), "marks", Random(seed))
            if changed:
                seen.add((changed[0].form, changed[5].form))
        assert seen == {("“", "”"), ("«", "»"), ("„", "“")}

    def test_a_root_is_never_dropped(self) -> None:
        assert vary(words(("!", "!", "PUNCT", 0, "ROOT")), "bare", Random(0)) is None

    def test_chances(self) -> None:
        groups = [[words(*SIGNED)]] * 10
        nothing = Options(whole={}, headline={})
        assert list(variants(groups, nothing, Random(0))) == []
        always = Options(whole={"lower": 1.0}, headline={"bare": 1.0})
        assert len(list(variants(groups, always, Random(0)))) == 20

    def test_groups_keep_the_order(self) -> None:
        items = [words(*SIGNED[:2]) for _ in range(20)]
        groups = list(group(items, Random(1), (1, 2, 3)))
        assert [w for g in groups for w in g] == items
        assert {len(g) for g in groups} <= {1, 2, 3}


class TestEntities:
    def test_what_a_set_does_not_annotate_is_unknown(self, tmp_path: Path) -> None:
        """*Nel Giro vince Coppi*: in a set without MISC, *Giro* may be one."""
        (tmp_path / "a").write_text("Nel\tO\nGiro\tO\nvince\tO\nCoppi\tB-PER\n", "utf-8")
        [found] = read_iob(tmp_path / "a")
        forget(found, Source("a", "entities", "train", lacks=("MISC",)))
        doc = to_entity_doc(Vocab(), [found])
        assert [t.ent_iob_ for t in doc] == ["O", "", "O", "B"]

    def test_noisy_labels_are_unknown(self) -> None:
        found = [Word(f, f, "X", t) for f, t in (("the", "B-MISC"), ("Cup", "I-MISC"), ("x", "O"))]
        forget(found, Source("a", "entities", "train", unsure=("MISC",)))
        assert [w.xpos for w in found] == ["-", "-", "O"]

    def test_a_line_without_a_tag_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("Rome O\n", "utf-8")
        with pytest.raises(KGError, match="line 1"):
            list(read_iob(tmp_path / "a"))


def doc(text: str, heads: list[int], deps: list[str], pos: str = "") -> Doc:
    tokens = text.split(" ")
    tags = pos.split(" ") if pos else ["X"] * len(tokens)
    return Doc(
        Vocab(), words=tokens, heads=heads, deps=deps, pos=tags, lemmas=[t.lower() for t in tokens]
    )


class TestScores:
    GOLD = doc("Rome signed it", [1, 1, 1], ["nsubj", "ROOT", "obj"], "PROPN VERB PRON")

    def test_all_right(self) -> None:
        scores = score_trees([(self.GOLD, self.GOLD)])
        assert scores["LAS"] == scores["UPOS"] == scores["sentences"] == scores["nsubj"] == 100
        assert scores["lemma of verbs"] == 100

    def test_a_wrong_label_and_a_wrong_head(self) -> None:
        found = doc("Rome signed it", [1, 1, 0], ["nsubj:pass", "ROOT", "obj"], "PROPN VERB DET")
        scores = score_trees([(self.GOLD, found)])
        assert scores["UAS"] == 66.7
        assert scores["LAS"] == 33.3
        assert scores["LAS-base"] == 66.7
        assert scores["UPOS"] == 66.7
        assert scores["obj"] == scores["nsubj"] == 0
        assert scores["tokens"] == 100

    def test_other_tokens_count_against_both(self) -> None:
        found = Doc(
            Vocab(),
            words=["Rome", "sign", "ed", "it"],
            spaces=[True, False, True, False],
            heads=[1, 1, 1, 1],
            deps=["nsubj", "ROOT", "dep", "obj"],
        )
        scores = score_trees([(self.GOLD, found)])
        assert scores["tokens"] == 57.1  # two of three and of four
        assert scores["UAS"] == 0  # every head is another span
        assert scores["sentences"] == 100

    def test_entities_by_label(self) -> None:
        gold, found = (Doc(Vocab(), words=["Ada", "in", "Rome", "Cup"]) for _ in range(2))
        gold.set_ents([Span(gold, 0, 1, "PER"), Span(gold, 2, 3, "LOC")])
        found.set_ents([Span(found, 0, 1, "PER"), Span(found, 2, 4, "MISC")])
        assert score_entities([(gold, found)]) == {"all": 50.0, "LOC": 0.0, "PER": 100.0}
        ignoring = score_entities([(gold, found)], ignore=("MISC",))
        assert ignoring["all"] == 66.7


class TestSources:
    def test_free_sets_have_no_non_commercial_clause(self, tmp_path: Path) -> None:
        import kg.train.sources as module

        tables = module.tomllib.loads(
            (Path(module.__file__).parent / "sources.toml").read_text("utf-8")
        )
        for language in ("en", "it"):
            rows = tables[language]["source"]
            assert all(row["repository"] and row["commit"] and row["sha256"] for row in rows)
            whole = [row for row in rows if row.get("free") is True]
            assert whole
            assert not any("NC" in row["licence"] for row in whole)
            assert not any("pud" in row["file"] for row in rows)
            train = {(r["file"], *r.get("sentences", ())) for r in rows if r["use"] == "train"}
            assert not train & {
                (r["file"], *r.get("sentences", ())) for r in rows if r["use"] == "test"
            }

    def test_a_changed_file_is_refused(self, tmp_path: Path) -> None:
        folder = tmp_path / "ud" / "en"
        folder.mkdir(parents=True)
        (folder / "en_ewt-train.conllu").write_text(DONT, "utf-8")
        with pytest.raises(KGError, match="another SHA-256"):
            gather("en", tmp_path)

    def test_no_treebank(self, tmp_path: Path) -> None:
        with pytest.raises(KGError, match="no treebank to train 'da' on"):
            gather("da", tmp_path)

    def test_settings_of_a_language_go_over_the_defaults(self) -> None:
        assert settings("it")["package"].keys() == settings("da")["package"].keys()
        assert settings("it")["package"] != settings("da")["package"]


NAMES = "Anna Lars Peter Maria Bo Ida".split()
VERBS = (("ser", "se"), ("køber", "købe"), ("maler", "male"))
THINGS = (("huset", "hus"), ("bilen", "bil"), ("båden", "båd"))


def toy_treebank() -> str:
    """Danish sentences such as *Anna ser huset.*, fifty-four of them."""
    blocks = []
    for i, name in enumerate(NAMES):
        for form, lemma in VERBS:
            for thing, base in THINGS:
                rows = (
                    (name, name, "PROPN", "_", 2, "nsubj", "_"),
                    (form, lemma, "VERB", "Tense=Pres", 0, "root", "_"),
                    (thing, base, "NOUN", "Definite=Def", 2, "obj", "SpaceAfter=No"),
                    (".", ".", "PUNCT", "_", 2, "punct", "_"),
                )
                lines = (
                    f"{n}\t{f}\t{m}\t{p}\t_\t{x}\t{h}\t{d}\t_\t{s}"
                    for n, (f, m, p, x, h, d, s) in enumerate(rows, start=1)
                )
                text = f"# text = {name} {form} {thing}.\n"
                blocks.append(f"# newdoc id = {i}\n{text}" + "\n".join(lines) + "\n")
    return "\n".join(blocks) + "\n"


def test_a_further_language_from_a_few_dozen_sentences(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("floret", reason="kg train needs it: pip install kg-news[train]")
    trees, names = tmp_path / "data" / "ud" / "da", tmp_path / "data" / "ner" / "da"
    trees.mkdir(parents=True)
    names.mkdir(parents=True)
    iob = "".join(f"{n}\tB-PER\nser\tO\nhuset\tO\n.\tO\n\n" for n in NAMES * 3)
    for use in ("train", "dev", "test"):
        (trees / f"toy-{use}.conllu").write_text(toy_treebank(), "utf-8")
        (names / f"toy-{use}.iob2").write_text(iob, "utf-8")
    overrides = {
        "vectors": {"dim": 8, "bucket": 100, "epoch": 1, "minCount": 1},
        "training": {
            "training.max_steps": 60,
            "training.eval_frequency": 30,
            "training.batcher.size": 200,
            "training.optimizer.learn_rate.warmup_steps": 2,
            "training.optimizer.learn_rate.initial_rate": 0.01,
            "components.tok2vec.model.embed.rows": [100, 100, 100, 100, 50],
            "components.tok2vec.model.embed.width": 16,
            "components.tok2vec.model.encode.width": 32,
        },
        "ner": {
            "training.max_steps": 30,
            "training.eval_frequency": 15,
            "training.optimizer.learn_rate.warmup_steps": 2,
            "training.optimizer.learn_rate.initial_rate": 0.01,
            "components.ner.model.tok2vec.embed.rows": [100, 100, 100, 100],
        },
        "package": {"boundaries": True},
    }
    folder = train_pipeline("da", tmp_path / "data", tmp_path / "out", overrides=overrides)
    capsys.readouterr()

    nlp = spacy.load(folder)
    assert nlp.pipe_names == [
        "kg_boundaries",
        "tok2vec",
        "senter",
        "morphologizer",
        "trainable_lemmatizer",
        "kg_verb_lemmas",
        "ner",
        "parser",
    ]
    found = nlp("Ida køber båden. Bo ser huset.")
    assert [t.dep_ for t in found][:3] == ["nsubj", "ROOT", "obj"]
    assert found[1].lemma_ == "købe"
    assert len(list(found.sents)) == 2

    meta = json.loads((folder / "meta.json").read_text("utf-8"))
    assert meta["performance"]["ud/da/toy-test.conllu"]["UPOS"] > 90
    assert meta["performance"]["ner/da/toy-test.iob2"]["all"] > 50
    assert meta["training"]["command"] == "kg train da --seed 0"
    assert {s["file"] for s in meta["sources"]} >= {"ud/da/toy-train.conllu"}
    assert len(json.loads((folder / "vocab" / "strings.json").read_text("utf-8"))) < 100
    assert str(tmp_path) not in (folder / "config.cfg").read_text("utf-8")
    assert checksum(trees / "toy-train.conllu") == checksum(trees / "toy-dev.conllu")

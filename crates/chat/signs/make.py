#!/usr/bin/env python3
"""Make ../data/signs.toml: the words that speak for and against each card.

    python3 make.py            # writes it
    python3 make.py --report   # only measures, on messages that it is not made from

Needs numpy, scipy, scikit-learn and snowballstemmer.  Half a minute of one core.
README.md tells more.
"""
import argparse, collections, os, re, unicodedata
import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from snowballstemmer import stemmer

HERE = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(HERE, '../data/signs.toml')
SEARCH = os.path.join(HERE, '../../search/ranker')
SITE = os.path.join(HERE, '../../../www/content')
LAY = os.path.join(HERE, '../../text/vectors/lay.txt')
# How loosely weights are held to nought, in how many messages a word must stand, below
# which weight it is left out, and of calm messages the share that may raise a card.
LOOSE, LEAST, SMALL, MAY = 1., 2, 2, .004
# The most that a word counts: none is enough alone ("current", of a river).
MOST = 28
# Weights are whole numbers, this many to a unit of log-odds.
UNIT = 8
# What a message of a card counts, one of another card, and one that was written to be
# mistaken for one, against a calm one.
OWN, OTHER, NEAR = 4., .5, 3.
CARDS = os.path.join(HERE, '../tests/it/cards.txt')
STEM, stems = stemmer('english'), {}


def words(text):
    """As `doorstep_chat` cuts and folds them."""
    text = ''.join(c for c in unicodedata.normalize('NFD', text.lower()) if unicodedata.category(c) != 'Mn')
    out = []
    for word in re.findall(r"[a-z0-9'’]+", text):
        word = re.sub("['’]", '', word)
        if word:
            stems.setdefault(word, STEM.stemWord(word))
            out.append(stems[word])
    return out


def rows(path):
    return [line.rstrip('\n').split('\t') for line in open(path, encoding='utf-8') if '\t' in line]


def calm():
    """Questions of every day, and sentences of pages: nobody needs a card."""
    out = [r[0] for n in ('questions', 'keywords') for r in rows(f'{SEARCH}/{n}.tsv')[1:] if '/emergencies/' not in r[1]]
    for site in sorted(os.listdir(f'{SEARCH}/sites')):
        out += [r[0] for r in rows(f'{SEARCH}/sites/{site}/queries.tsv')[1:]]
    out += open(f'{SEARCH}/off-topic.txt', encoding='utf-8').read().splitlines()
    kept = True
    for line in open(LAY, encoding='utf-8'):
        if not line.startswith('\t'):
            kept = not URGENT.search(line.lower())
        elif kept:
            out.append(line.strip())
    for folder, _, files in os.walk(SITE):
        for name in files:
            if name.endswith('.md') and 'emergencies' not in folder:
                page = open(os.path.join(folder, name), encoding='utf-8').read().split('---', 2)[-1]
                out += [s.strip() for s in re.split(r'(?<=[.?!])\s+|\n+', page) if 3 < len(s.split()) < 36]
    return sorted(set(out))


# Wordings of `lay.txt` whose messages may be emergencies.
URGENT = re.compile('gas|carbon|suicid|crisis|mental|harm|abus|violen|danger|unsafe|collaps|fallen|flood|sandbag|drain|sewage|'
                    'needle|syringe|drug|homeless|rough|evict|shelter|nowhere|safeguard|neglect|child protection|at risk|worried|'
                    'emergenc|urgent|999|police|crime|assault|food bank|food parcel|hungry|fuel|electric|meter|heating|hardship|'
                    'leak|burst|repair|power|wire|cable|tree|wall|structure|refuge|traffick|slavery|forced|fire|stalk|hate|'
                    'missing|scam|hoard|welfare check|dead|injur')


class Model:
    """For each card a logistic regression of its messages against the others, with few
    weights that are not nought (L1)."""

    def __init__(self, messages, near):
        self.near = near
        self.cards = sorted({c for c, _ in messages if c != '-'})
        said = [set(words(m)) for _, m in messages]
        count = collections.Counter(s for one in said for s in one)
        self.names = sorted(s for s, n in count.items() if n >= LEAST)
        self.at = {s: i for i, s in enumerate(self.names)}
        x, of = self.table(said), np.array([c for c, _ in messages])
        self.count = np.array([NEAR if m in near else 1. for _, m in messages])
        self.weights = np.array([self.fit(x, of, card) for card in self.cards])

    def table(self, said):
        at = [[self.at[s] for s in sorted(one) if s in self.at] for one in said]
        ends = np.cumsum([0] + [len(a) for a in at])
        flat = np.concatenate([np.array(a, int) for a in at])
        return csr_matrix((np.ones(len(flat)), flat, ends), shape=(len(at), len(self.names)))

    def fit(self, x, of, card):
        weight = np.where(of == card, OWN, np.where(of == '-', self.count, OTHER))
        # The constant is held as little as can be.
        fit = LogisticRegression(penalty='l1', C=LOOSE, solver='liblinear', intercept_scaling=20, tol=1e-3, random_state=0)
        fit.fit(x, of == card, sample_weight=weight)
        whole = np.round(np.append(fit.coef_[0], fit.intercept_[0]) * UNIT)
        whole[:-1][np.abs(whole[:-1]) < SMALL] = 0
        whole[:-1] = whole[:-1].clip(-MOST, MOST)
        return whole

    def scores(self, texts):
        return self.table([set(words(t)) for t in texts]) @ self.weights[:, :-1].T + self.weights[:, -1]


def left_out(messages, near, k=3):
    """What each message gets from a model that has not seen it."""
    order = np.random.default_rng(1).permutation(len(messages))
    scores = np.zeros((len(messages), len({c for c, _ in messages if c != '-'})))
    for f in range(k):
        held = set(order[f::k])
        model = Model([m for n, m in enumerate(messages) if n not in held], near)
        at = sorted(held)
        scores[at] = model.scores([messages[n][1] for n in at])
    return scores


def raised(scores, cut):
    """The card of each message, by its place, -1 for none."""
    best = scores.argmax(1)
    return np.where(scores[np.arange(len(best)), best] > cut, best, -1)


def measure(name, cards, scores, of, cut):
    found = raised(scores, cut)
    true = np.array([cards.index(c) if c != '-' else -1 for c in of])
    urgent = true >= 0
    text = f'{name}:'
    if urgent.any():
        right = (found == true)[urgent].mean()
        text += f' right card {right:.3f}, any card {(found >= 0)[urgent].mean():.3f} of {urgent.sum()};'
    if (~urgent).any():
        text += f' a card for {(found >= 0)[~urgent].sum()} of {(~urgent).sum()} calm messages'
    print(text, flush=True)


if __name__ == '__main__':
    ap = argparse.ArgumentParser()
    ap.add_argument('--report', action='store_true', help='only measure')
    a = ap.parse_args()
    written = [tuple(r[:2]) for r in rows(f'{HERE}/messages.tsv')[1:]]
    lines = [line.split(' | ', 1) for line in open(CARDS, encoding='utf-8').read().splitlines()]
    written += [('-', line[1]) for line in lines if line[0] == '-']
    written += [('-', line) for line in open(f'{HERE}/talk.txt', encoding='utf-8').read().splitlines()]
    near = {text for card, text in written if card == '-'}
    mine = {text for _, text in written}
    everyday = [('-', text) for text in calm() if text not in mine]
    # Some of them are emergencies all the same.
    scores = left_out(written + everyday, near)[len(written):]
    everyday = [m for m, score in zip(everyday, scores) if score.max() <= UNIT]
    print(f'{len(scores) - len(everyday)} questions of every day left aside')
    messages = written + everyday
    scores, of = left_out(messages, near), np.array([c for c, _ in messages])
    cut = np.quantile(scores[len(written):].max(1), 1 - MAY)
    model = Model(messages, near)
    measure('written, by turns left out', model.cards, scores[:len(written)], of[:len(written)], cut)
    measure('every day, by turns left out', model.cards, scores[len(written):], of[len(written):], cut)
    blind = [tuple(r[:2]) for r in rows(f'{HERE}/blind.tsv')[1:]]
    measure('blind', model.cards, model.scores([m for _, m in blind]), [c for c, _ in blind], cut)
    if not a.report:
        with open(OUT, 'w', encoding='utf-8') as f:
            f.write('# Words that count for and against each card where no pattern matches; made by\n'
                    '# ../signs/make.py, not by hand. A council may leave a card to its patterns alone:\n'
                    '# signs = "" in a file of its own.\n')
            for card, weights in zip(model.cards, model.weights.astype(int)):
                signs = [f'={weights[-1] - int(cut) - 1}'] + [f'{s}={n}' for s, n in zip(model.names, weights) if n]
                lines = ['']
                for sign in signs:
                    if len(lines[-1]) + len(sign) > 110:
                        lines.append('')
                    lines[-1] += ' ' * bool(lines[-1]) + sign
                f.write(f'\n[[card]]\nid = "{card}"\nsigns = """\n' + '\n'.join(lines) + '"""\n')

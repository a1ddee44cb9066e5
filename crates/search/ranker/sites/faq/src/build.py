import json,re,collections,sys
S={'p':'paraphrase','t':'terms','c':'chat','y':'typo'}
faqs=[];qs=[];lab={}
for fn in 'h u e a m'.split():
    sec=None;cur=None
    for l in open(fn+'.txt'):
        l=l.rstrip('\n')
        if not l: continue
        if l.startswith('## '): sec=l[3:];continue
        if l.startswith('@'):
            k,t=l[1:].split('|',1);cur=dict(k=k,title=t,section=sec,text='')
            assert k not in lab;faqs.append(cur);lab[k]='f%d'%len(faqs);continue
        m=re.match(r'([ptcy]) (.*)',l)
        if cur['text'] and m:
            q=m[2];ids=[cur['k']]
            if '++' in q:
                q,e=q.split('++');q=q.strip();ids+=e.split(',')
            qs.append([q,ids,S[m[1]]])
        else:
            assert not cur['text'],l
            cur['text']=l
for x in open('extra.txt') if len(sys.argv)>1 else []:
    x=x.rstrip('\n')
    if x:
        st,ids,q=x.split(' ',2);qs.append([q,ids.split(','),S[st]])
for f in faqs:
    n=len(f['text'].split())
    if not 30<=n<=160: print('LEN',f['k'],n)
d=collections.Counter(q[0].lower() for q in qs)
print('dups',[k for k,v in d.items() if v>1],'titledup',[k for k,v in collections.Counter(f['title'] for f in faqs).items() if v>1])
for q,i,s in qs:
    if s=='terms' and not 2<=len(q.split())<=5: print('T',q)
slug=lambda s:re.sub(r'[^a-z]+','-',s.lower()).strip('-')
with open('../corpus.jsonl','w') as o:
    for f in faqs:o.write(json.dumps({'_id':lab[f['k']],'title':f['title'],'section':f['section'],'text':f['text'],'url':'https://faq.example/'+slug(f['section'])},ensure_ascii=False)+'\n')
with open('../queries.tsv','w') as o:
    o.write('question\tids\tstyle\n')
    for q,i,s in qs:o.write(f"{q}\t{';'.join(lab[x] for x in i)}\t{s}\n")
print(len(faqs),len(qs),collections.Counter(s for _,_,s in qs),sum(len(i)>1 for _,i,_ in qs), sum(len(f['text'].split()) for f in faqs)/len(faqs))

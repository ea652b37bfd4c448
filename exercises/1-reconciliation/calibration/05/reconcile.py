from contract import *


def reconcile(ledger, bank):
    r = Reconciliation()
    m1 = {}
    m2 = {}
    # for x in ledger:
    #     for y in bank:
    #         if x.id == y.id:
    #             tmp.append(x)
    for x in ledger:
        m1[x.id] = x
    for x in bank:
        m2[x.id] = x
    tmp = []
    for k in m1:
        if k in m2:
            a = m1[k]
            b = m2[k]
            d = []
            if a.amount != b.amount:
                d.append("amount")
            if a.currency != b.currency:
                d.append("currency")
            if len(d) > 0:
                tmp.append(Discrepancy(a, b, d))
        else:
            u = Unmatched("ledger", m1[k])
            r.unmatched.append(u)
    for k in m2:
        if k in m1:
            pass
        else:
            u = Unmatched("bank", m2[k])
            r.unmatched.append(u)
    # print(tmp)
    for t in tmp:
        r.discrepancies.append(t)
    return r


def reconcile_feeds(ledger, bank, run, store):
    return Reconciliation()

# expect: wrong_answer - has learnt the visible cases by heart and knows nothing else.
# They carry no points; what does is made from a seed of the run.
from contract import Discrepancy, Reconciliation, Transaction, Unmatched

# Ledger | bank: the findings, each a side or what differs, and its rows.
ANSWERS = {
    "t1 100 USD, t2 250 USD | t1 100 USD, t2 250 USD":
    "",
    "t1 100 USD, t2 250 USD, t3 75 EUR | t1 100 USD, t3 75 EUR":
    "ledger t2 250 USD",
    "t1 100 USD | t1 100 USD, t2 250 USD":
    "bank t2 250 USD",
    "t1 100 USD, t2 250 USD | t2 250 USD, t3 75 EUR":
    "ledger t1 100 USD; bank t3 75 EUR",
    "t1 100 USD, t2 250 USD, t3 75 EUR, t4 1999 EUR | t4 1999 EUR, t2 250 USD, t5 42 "
    "GBP, t1 100 USD":
    "ledger t3 75 EUR; bank t5 42 GBP",
    " | t1 100 USD, t2 250 USD":
    "bank t1 100 USD; bank t2 250 USD",
    "t1 100 USD | ":
    "ledger t1 100 USD",
    " | ":
    "",
    "t1 100 USD, t2 250 USD | t3 75 EUR, t4 1999 EUR":
    "ledger t1 100 USD; ledger t2 250 USD; bank t3 75 EUR; bank t4 1999 EUR",
    "refund -500 USD, fee 0 USD, refund2 -1 EUR | fee 0 USD, refund2 -1 EUR":
    "ledger refund -500 USD",
    "t1 100 USD, t2 250 USD | t1 105 USD, t2 250 USD":
    "amount t1 100 USD / t1 105 USD",
    "t1 100 USD | t1 100 EUR":
    "currency t1 100 USD / t1 100 EUR",
    "t1 100 USD, t2 250 USD | t2 250 USD, t1 10 JPY":
    "amount/currency t1 100 USD / t1 10 JPY",
    "t1 100 USD, t2 250 USD, t3 75 EUR | t4 1999 EUR, t2 249 USD, t1 100 USD":
    "ledger t3 75 EUR; bank t4 1999 EUR; amount t2 250 USD / t2 249 USD",
}


def transaction(text):
    key, amount, currency = text.split()
    return Transaction(key, int(amount), currency)


def reconcile(ledger, bank):
    text = " | ".join(
        ", ".join(f"{row.id} {row.amount} {row.currency}" for row in feed) for feed in (ledger, bank)
    )
    result = Reconciliation()
    for finding in filter(None, ANSWERS.get(text, "").split("; ")):
        word, rows = finding.split(" ", 1)
        if word in ("ledger", "bank"):
            result.unmatched.append(Unmatched(word, transaction(rows)))
        else:
            pair = [transaction(row) for row in rows.split(" / ")]
            result.discrepancies.append(Discrepancy(*pair, word.split("/")))
    return result


def reconcile_feeds(ledger, bank, run, store):
    return Reconciliation()

-- Amounts are BIGINT minor units. Ids are made by the application.

CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    -- Gapless numbers: taken under a lock in the transaction that finalizes.
    last_invoice_number BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    stripe_customer_id TEXT,
    UNIQUE (account_id, id)
);

CREATE TABLE invoices (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    customer_id TEXT NOT NULL,
    number BIGINT,
    status TEXT NOT NULL CHECK (status IN ('draft', 'open', 'paid', 'void', 'uncollectible')),
    currency TEXT NOT NULL CHECK (length(currency) = 3),
    total_amount BIGINT NOT NULL CHECK (total_amount >= 0),
    due_date DATE,
    created_at TIMESTAMPTZ NOT NULL,
    -- An invoice cannot belong to one account and its customer to another.
    FOREIGN KEY (account_id, customer_id) REFERENCES customers (account_id, id),
    CHECK (status = 'draft' OR number IS NOT NULL)
);
CREATE UNIQUE INDEX invoices_number ON invoices (account_id, number);
CREATE INDEX invoices_of_customer ON invoices (account_id, customer_id, created_at, id);

CREATE TABLE invoice_items (
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    position INTEGER NOT NULL,
    description TEXT NOT NULL,
    quantity BIGINT NOT NULL CHECK (quantity > 0),
    unit_price BIGINT NOT NULL,
    amount BIGINT NOT NULL,
    PRIMARY KEY (invoice_id, position),
    CHECK (amount = quantity * unit_price)
);

CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    status TEXT NOT NULL CHECK (status IN ('pending', 'unknown', 'succeeded', 'failed')),
    amount BIGINT NOT NULL CHECK (amount > 0),
    currency TEXT NOT NULL,
    -- Goes to Stripe with each try; written before the first one.
    stripe_key TEXT NOT NULL UNIQUE,
    payment_intent_id TEXT UNIQUE,
    created_at TIMESTAMPTZ NOT NULL
);
-- A double click under two keys ends here.
CREATE UNIQUE INDEX payments_alive ON payments (invoice_id)
    WHERE status IN ('pending', 'unknown', 'succeeded');

CREATE TABLE idempotency_keys (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    idempotency_key TEXT NOT NULL CHECK (length(idempotency_key) BETWEEN 1 AND 255),
    request_hash TEXT NOT NULL,
    response_status INTEGER,
    response_body TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    PRIMARY KEY (account_id, idempotency_key)
);

CREATE TABLE webhook_events (
    event_id TEXT PRIMARY KEY,
    payload TEXT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL
);

-- The same step is never sent twice for one invoice.
CREATE TABLE reminders (
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    step TEXT NOT NULL,
    sent_at TIMESTAMPTZ,
    PRIMARY KEY (invoice_id, step)
);

CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0 CHECK (attempts >= 0),
    next_attempt_at TIMESTAMPTZ NOT NULL,
    locked_until TIMESTAMPTZ,
    done_at TIMESTAMPTZ
);
CREATE INDEX outbox_due ON outbox (next_attempt_at) WHERE done_at IS NULL;

CREATE TABLE dead_letters (
    outbox_id TEXT PRIMARY KEY,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL,
    buried_at TIMESTAMPTZ NOT NULL
);

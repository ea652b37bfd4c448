CREATE TABLE accounts (
    id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    next_invoice_number BIGINT NOT NULL
);
CREATE TABLE api_keys (
    key_hash TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    scope TEXT NOT NULL CHECK (scope IN ('read', 'write', 'refund')),
    expires_at TIMESTAMPTZ
);
CREATE TABLE customers (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    email TEXT NOT NULL,
    UNIQUE (account_id, id)
);
CREATE TABLE invoices (
    id TEXT PRIMARY KEY,
    account_id TEXT NOT NULL,
    customer_id TEXT NOT NULL,
    number BIGINT,
    status TEXT NOT NULL CHECK (status IN ('draft', 'open', 'paid', 'void', 'uncollectible')),
    currency TEXT NOT NULL,
    total_amount BIGINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    FOREIGN KEY (account_id, customer_id) REFERENCES customers (account_id, id),
    UNIQUE (account_id, number)
);
CREATE INDEX invoices_page ON invoices (account_id, customer_id, created_at, id);
CREATE TABLE invoice_items (
    id TEXT PRIMARY KEY,
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    description TEXT NOT NULL,
    quantity BIGINT NOT NULL,
    unit_price BIGINT NOT NULL
);
CREATE TABLE payments (
    id TEXT PRIMARY KEY,
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    payment_intent_id TEXT UNIQUE,
    stripe_key TEXT NOT NULL UNIQUE,
    status TEXT NOT NULL CHECK (status IN ('pending', 'unknown', 'succeeded', 'failed')),
    amount BIGINT NOT NULL,
    currency TEXT NOT NULL
);
CREATE UNIQUE INDEX one_live_payment ON payments (invoice_id)
    WHERE status IN ('pending', 'unknown', 'succeeded');
CREATE TABLE reminders (
    invoice_id TEXT NOT NULL REFERENCES invoices (id),
    step INTEGER NOT NULL,
    sent_at TIMESTAMPTZ,
    PRIMARY KEY (invoice_id, step)
);
CREATE TABLE idempotency_keys (
    account_id TEXT NOT NULL REFERENCES accounts (id),
    idempotency_key TEXT NOT NULL,
    request_hash TEXT NOT NULL,
    response_status INTEGER,
    response_body TEXT,
    PRIMARY KEY (account_id, idempotency_key)
);
CREATE TABLE webhook_events (
    event_id TEXT PRIMARY KEY,
    signed_with TEXT NOT NULL,
    source_address TEXT NOT NULL,
    payload TEXT NOT NULL,
    received_at TIMESTAMPTZ NOT NULL
);
CREATE TABLE outbox (
    id TEXT PRIMARY KEY,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    locked_until TIMESTAMPTZ
);
CREATE INDEX outbox_due ON outbox (next_attempt_at);
CREATE TABLE dead_letters (
    outbox_id TEXT PRIMARY KEY,
    payload TEXT NOT NULL,
    attempts INTEGER NOT NULL,
    last_error TEXT NOT NULL
);
CREATE TABLE audit_log (
    id BIGINT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id),
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    previous_hash TEXT NOT NULL,
    at TIMESTAMPTZ NOT NULL
);

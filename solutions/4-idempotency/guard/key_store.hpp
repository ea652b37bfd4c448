// Where a guard keeps its keys: one row for each, in SQLite or PostgreSQL.
//
//     scope, idempotency_key       the primary key: of many that insert it, one does
//     fingerprint                  sha256 of operation and parameters
//     parameters                   canonical, for the answer to a conflict
//     state                        "started", then "done"
//     attempt                      1, and one more for each take-over: the fence
//     lease_until_ms               until then whoever started is believed to be alive
//     response_status, response_body
//     created_at_ms
//
// Every change is one statement that says what it expects to find, so no lock is held while the
// work is done, and a process that dies holds nothing.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/error.hpp"
#include "solutions/4-idempotency/guard/request.hpp"

namespace onsite::idempotency {

struct KeyRow {
    std::string scope = {};
    std::string key = {};
    std::string fingerprint = {};
    std::string parameters = {};
    bool is_done = false;
    std::int64_t attempt = 1;
    std::int64_t lease_until_ms = 0;
    Response response = {};  // When it is done.
    std::int64_t created_at_ms = 0;
};

// Thread safety: none; each thread opens a store of its own.
class KeyStore {
public:
    virtual ~KeyStore() = default;

    // Puts the row unless its key is there already: `is_new` of what stands then.
    struct Standing {
        KeyRow row = {};
        bool is_new = false;
    };
    virtual Result<Standing> insert(const KeyRow& row) = 0;
    // Takes the work over: false when the row is not at that attempt any more, is done, or its
    // lease holds at `now_ms`.
    virtual Result<bool> take_over(const KeyRow& seen, std::int64_t now_ms,
                                   std::int64_t lease_until_ms) = 0;
    // Keeps the response: false when another attempt has the work by now, or it is done.
    virtual Result<bool> finish(const KeyRow& mine, const Response& response) = 0;
    // Ends the lease now, because nobody knows how the work ended.
    virtual Result<void> give_up(const KeyRow& mine) = 0;
    // Keys that were created before that moment and are done; how many there were.
    virtual Result<std::int64_t> forget(std::int64_t before_ms) = 0;
};

// `where` is "sqlite:FILE" or "postgresql://...". Makes the table when it is missing.
// Errors: usage when it is neither; tool when the database cannot be used.
Result<std::unique_ptr<KeyStore>> open_key_store(const std::string& where);

}  // namespace onsite::idempotency

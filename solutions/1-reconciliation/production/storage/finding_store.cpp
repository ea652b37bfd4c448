#include "solutions/1-reconciliation/production/storage/finding_store.hpp"

#include <bit>
#include <cstring>
#include <string>
#include <type_traits>
#include <vector>

#include "solutions/1-reconciliation/production/strategies/sorted_runs.hpp"

namespace onsite::reconcile {
namespace {

constexpr std::size_t kWriteBytes = 256 << 10;

// The order of findings.hpp: the first byte of every key.
enum class Class : char { ledger_unmatched, bank_unmatched, discrepancy, ledger_bad, bank_bad };

Class unmatched_of(Side side) {
    return side == Side::ledger ? Class::ledger_unmatched : Class::bank_unmatched;
}
Class rejected_of(Side side) { return side == Side::ledger ? Class::ledger_bad : Class::bank_bad; }

// A record without its id.
struct Content {
    std::int64_t amount_minor;
    std::uint64_t line;
    std::uint64_t byte;
    std::uint32_t file;
    CurrencyCode currency;
    RejectReason reason;
};
static_assert(std::is_trivially_copyable_v<Content>);

Content content_of(const Record& record, RejectReason reason = RejectReason::duplicate_id) {
    Content content;
    // Padding too, so that equal findings are equal bytes.
    std::memset(&content, 0, sizeof content);
    content.amount_minor = record.amount_minor;
    content.line = record.place.line;
    content.byte = record.place.byte;
    content.file = record.place.file;
    content.currency = record.currency;
    content.reason = reason;
    return content;
}

Record record_of(std::string_view id, const char* bytes) {
    Content content;
    std::memcpy(&content, bytes, sizeof content);
    return {id, content.amount_minor, content.currency, {content.file, content.line, content.byte}};
}

void append(std::string& out, const Content& content) {
    out.append(reinterpret_cast<const char*>(&content), sizeof content);
}

// Larger numbers come later, as bytes too: how many bytes there are, and these, without zeros in
// front. Most places fit into the few bytes of a key that sorting looks at first.
void append_in_order(std::string& out, std::uint64_t number) {
    const int bytes = (static_cast<int>(std::bit_width(number)) + 7) / 8;
    out += static_cast<char>(bytes);
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i));
}

Result<void> deliver_rejected(Side side, const Entry& entry, FindingSink& sink) {
    Content content;
    std::memcpy(&content, entry.tail.data(), sizeof content);
    return sink.rejected(side, {.reason = content.reason,
                                .place = {content.file, content.line, content.byte},
                                .id = entry.tail.substr(sizeof content),
                                .amount_minor = content.amount_minor,
                                .currency = content.currency});
}

Result<void> deliver_one(const Entry& entry, FindingSink& sink) {
    const auto of = static_cast<Class>(entry.key.front());
    const std::string_view id = entry.key.substr(1);
    switch (of) {
        case Class::ledger_unmatched:
            return sink.unmatched(Side::ledger, record_of(id, entry.tail.data()));
        case Class::bank_unmatched:
            return sink.unmatched(Side::bank, record_of(id, entry.tail.data()));
        case Class::discrepancy:
            return sink.discrepancy({record_of(id, entry.tail.data()),
                                     record_of(id, entry.tail.data() + sizeof(Content))});
        case Class::ledger_bad:
            return deliver_rejected(Side::ledger, entry, sink);
        case Class::bank_bad:
            return deliver_rejected(Side::bank, entry, sink);
    }
    return tool_error("expected a finding of a known class, found a damaged temporary file.");
}

}  // namespace

void Found::operator+=(const Found& other) {
    for (std::size_t i = 0; i < kSides; ++i) {
        sides[i].duplicates += other.sides[i].duplicates;
        sides[i].unmatched += other.sides[i].unmatched;
        sides[i].discrepant += other.sides[i].discrepant;
        sides[i].matched += other.sides[i].matched;
        for (std::size_t r = 0; r < kRejectReasons; ++r) {
            sides[i].rejected[r] += other.sides[i].rejected[r];
        }
    }
    amount_differs += other.amount_differs;
    currency_differs += other.currency_differs;
}

// Key and tail are written into memory that is used again: most runs that find anything find a lot.
void FindingStore::begin(char class_of_finding) {
    key_.assign(1, class_of_finding);
    tail_.clear();
}

void FindingStore::begin_rejected(Side side, const Place& place) {
    begin(static_cast<char>(rejected_of(side)));
    append_in_order(key_, place.file);
    append_in_order(key_, place.byte);
}

Result<void> FindingStore::unmatched(Side side, const Record& record) {
    found_.side(side).unmatched.of(record.currency).add(record.amount_minor);
    begin(static_cast<char>(unmatched_of(side)));
    key_ += record.id;
    append(tail_, content_of(record));
    return sorter_.add({key_, tail_});
}

Result<void> FindingStore::discrepancy(const Record& ledger, const Record& bank) {
    found_.side(Side::ledger).discrepant.of(ledger.currency).add(ledger.amount_minor);
    found_.side(Side::bank).discrepant.of(bank.currency).add(bank.amount_minor);
    found_.amount_differs += ledger.amount_minor != bank.amount_minor;
    found_.currency_differs += ledger.currency != bank.currency;
    begin(static_cast<char>(Class::discrepancy));
    key_ += ledger.id;
    append(tail_, content_of(ledger));
    append(tail_, content_of(bank));
    return sorter_.add({key_, tail_});
}

Result<void> FindingStore::pair(const Record& ledger, const Record& bank) {
    if (ledger.amount_minor != bank.amount_minor || ledger.currency != bank.currency) {
        return discrepancy(ledger, bank);
    }
    found_.side(Side::ledger).matched.of(ledger.currency).add(ledger.amount_minor);
    found_.side(Side::bank).matched.of(bank.currency).add(bank.amount_minor);
    return {};
}

Result<void> FindingStore::duplicate(Side side, const Record& record) {
    FoundOnSide& found = found_.side(side);
    ++found.rejected[static_cast<std::size_t>(RejectReason::duplicate_id)];
    found.duplicates.of(record.currency).add(record.amount_minor);
    begin_rejected(side, record.place);
    append(tail_, content_of(record));
    tail_ += record.id;
    return sorter_.add({key_, tail_});
}

Result<void> FindingStore::bad_row(Side side, std::uint32_t file, const BadRow& row) {
    ++found_.side(side).rejected[static_cast<std::size_t>(row.reason)];
    const Record record = {.id = {}, .place = {file, row.line, row.byte}};
    begin_rejected(side, record.place);
    append(tail_, content_of(record, row.reason));
    return sorter_.add({key_, tail_});
}

Result<void> FindingStore::absorb(FindingStore& other) {
    found_ += other.found_;
    other.found_ = {};
    return sorter_.absorb(other.sorter_);
}

Result<void> FindingStore::write(const Put& put) {
    if (auto finished = sorter_.finish(); !finished) return finished;
    std::vector<char> buffer;
    Entry entry;
    while (true) {
        auto is_there = sorter_.next(entry);
        if (!is_there) return pass_on(is_there);
        if (*is_there) {
            const std::size_t at = buffer.size();
            buffer.resize(at + encoded_size(entry));
            encode(entry, buffer.data() + at);
        }
        if (!*is_there || buffer.size() >= kWriteBytes) {
            if (auto done = put(buffer); !done) return done;
            buffer.clear();
        }
        if (!*is_there) return {};
    }
}

void FindingStore::add_run(std::shared_ptr<TempFile> file, std::uint64_t from, std::uint64_t to,
                           const Found& found) {
    sorter_.add_run(std::move(file), from, to);
    found_ += found;
}

Result<void> FindingStore::deliver(FindingSink& sink) {
    if (auto finished = sorter_.finish(); !finished) return finished;
    Entry entry;
    while (true) {
        auto is_there = sorter_.next(entry);
        if (!is_there) return pass_on(is_there);
        if (!*is_there) return {};
        if (auto taken = deliver_one(entry, sink); !taken) return taken;
    }
}

}  // namespace onsite::reconcile

#include "solutions/1-reconciliation/production/storage/finding_store.hpp"

#include <array>
#include <bit>
#include <string>
#include <vector>

#include "solutions/1-reconciliation/production/storage/background.hpp"
#include "solutions/1-reconciliation/production/strategies/sorted_runs.hpp"

namespace onsite::reconcile {
namespace {

// The order of findings.hpp: the first byte of every key.
enum class Class : char { ledger_unmatched, bank_unmatched, discrepancy, ledger_bad, bank_bad };

Class unmatched_of(Side side) {
    return side == Side::ledger ? Class::ledger_unmatched : Class::bank_unmatched;
}
Class rejected_of(Side side) { return side == Side::ledger ? Class::ledger_bad : Class::bank_bad; }

// What a row says besides its id, in as few bytes as most rows need: all of them have to be
// touched, and what does not fit into memory is written and read again.
struct Content {
    std::int64_t amount_minor = 0;
    CurrencyCode currency = 0;
    Place place;
};

Content content_of(const Record& record) {
    return {
        .amount_minor = record.amount_minor, .currency = record.currency, .place = record.place};
}

constexpr std::size_t kNumberBytesMax = 10;

// LEB128: seven bits in a byte, the lowest first; its highest bit says that more follow.
char* put(std::uint64_t number, char* out) {
    for (; number >= 0x80; number >>= 7) *out++ = static_cast<char>(number | 0x80);
    *out++ = static_cast<char>(number);
    return out;
}

std::uint64_t take(const char*& at) {
    std::uint64_t number = 0;
    for (int shift = 0; shift < 64; shift += 7) {
        const auto byte = static_cast<unsigned char>(*at++);
        number |= std::uint64_t{byte & 0x7Fu} << shift;
        if (byte < 0x80) break;
    }
    return number;
}

// The sign goes to the lowest bit, so that small amounts below zero are short, too.
char* put_amount(std::int64_t amount_minor, char* out) {
    const std::uint64_t sign = amount_minor < 0 ? ~std::uint64_t{0} : 0;
    return put(static_cast<std::uint64_t>(amount_minor) << 1 ^ sign, out);
}

std::int64_t take_amount(const char*& at) {
    const std::uint64_t amount = take(at);
    const std::uint64_t sign = (amount & 1) != 0 ? ~std::uint64_t{0} : 0;
    return static_cast<std::int64_t>(amount >> 1 ^ sign);
}

void append(std::string& out, const Content& content) {
    std::array<char, 5 * kNumberBytesMax> bytes;
    char* end = put_amount(content.amount_minor, bytes.data());
    end = put(content.currency, end);
    end = put(content.place.file, end);
    end = put(content.place.line, end);
    end = put(content.place.byte, end);
    out.append(bytes.data(), end);
}

// Moves `at` behind it.
Content take_content(const char*& at) {
    Content content;
    content.amount_minor = take_amount(at);
    content.currency = static_cast<CurrencyCode>(take(at));
    content.place.file = static_cast<std::uint32_t>(take(at));
    content.place.line = take(at);
    content.place.byte = take(at);
    return content;
}

// A rejected row; its file and byte are in the key, and the id of a duplicate follows.
void append_rejected(std::string& out, const Record& record, RejectReason reason) {
    std::array<char, 4 * kNumberBytesMax> bytes;
    char* end = put(static_cast<std::uint64_t>(reason), bytes.data());
    end = put(record.place.line, end);
    end = put_amount(record.amount_minor, end);
    end = put(record.currency, end);
    out.append(bytes.data(), end);
    out += record.id;
}

Record take_record(std::string_view id, const char*& at) {
    const Content content = take_content(at);
    return {id, content.amount_minor, content.currency, content.place};
}

// Larger numbers come later, as bytes too: how many bytes there are, and these, without zeros in
// front. Most places fit into the few bytes of a key that sorting looks at first.
void append_in_order(std::string& out, std::uint64_t number) {
    const int bytes = (static_cast<int>(std::bit_width(number)) + 7) / 8;
    out += static_cast<char>(bytes);
    for (int i = bytes - 1; i >= 0; --i) out += static_cast<char>(number >> (8 * i));
}

std::uint64_t take_in_order(const char*& at) {
    std::uint64_t number = 0;
    for (int bytes = *at++; bytes > 0; --bytes) {
        number = number << 8 | static_cast<unsigned char>(*at++);
    }
    return number;
}

Result<void> deliver_rejected(Side side, const Entry& entry, FindingSink& sink) {
    Rejection rejection;
    const char* place = entry.key.data() + 1;
    rejection.place.file = static_cast<std::uint32_t>(take_in_order(place));
    rejection.place.byte = take_in_order(place);
    const char* at = entry.tail.data();
    rejection.reason = static_cast<RejectReason>(take(at));
    rejection.place.line = take(at);
    rejection.amount_minor = take_amount(at);
    rejection.currency = static_cast<CurrencyCode>(take(at));
    rejection.id = entry.tail.substr(static_cast<std::size_t>(at - entry.tail.data()));
    return sink.rejected(side, rejection);
}

Result<void> deliver_one(const Entry& entry, FindingSink& sink) {
    const auto of = static_cast<Class>(entry.key.front());
    const std::string_view id = entry.key.substr(1);
    const char* at = entry.tail.data();
    switch (of) {
        case Class::ledger_unmatched:
            return sink.unmatched(Side::ledger, take_record(id, at));
        case Class::bank_unmatched:
            return sink.unmatched(Side::bank, take_record(id, at));
        case Class::discrepancy: {
            const Record ledger = take_record(id, at);
            return sink.discrepancy({ledger, take_record(id, at)});
        }
        case Class::ledger_bad:
            return deliver_rejected(Side::ledger, entry, sink);
        case Class::bank_bad:
            return deliver_rejected(Side::bank, entry, sink);
    }
    return tool_error("expected a finding of a known class, found a damaged temporary file");
}

Result<void> deliver_block(std::span<const char> block, FindingSink& sink) {
    while (!block.empty()) {
        const Entry entry = decode(block.data());
        if (auto taken = deliver_one(entry, sink); !taken) return taken;
        block = block.subspan(encoded_size(entry));
    }
    return {};
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
    append_rejected(tail_, record, RejectReason::duplicate_id);
    return sorter_.add({key_, tail_});
}

Result<void> FindingStore::bad_row(Side side, std::uint32_t file, const BadRow& row) {
    ++found_.side(side).rejected[static_cast<std::size_t>(row.reason)];
    const Record record = {.id = {}, .place = {file, row.line, row.byte}};
    begin_rejected(side, record.place);
    append_rejected(tail_, record, row.reason);
    return sorter_.add({key_, tail_});
}

Result<void> FindingStore::absorb(FindingStore& other) {
    found_ += other.found_;
    other.found_ = {};
    return sorter_.absorb(other.sorter_);
}

Result<void> FindingStore::write(const Put& put) {
    if (auto finished = sorter_.finish(); !finished) return finished;
    std::vector<char> block;
    while (true) {
        auto is_more = fill(block);
        if (!is_more) return pass_on(is_more);
        if (auto done = put(block); !done) return done;
        if (!*is_more) return {};
    }
}

Result<bool> FindingStore::fill(std::vector<char>& block) {
    return encode_some([&](Entry& entry) { return sorter_.next(entry); }, block);
}

void FindingStore::add_run(std::shared_ptr<TempFile> file, std::uint64_t from, std::uint64_t to,
                           const Found& found) {
    sorter_.add_run(std::move(file), from, to);
    found_ += found;
}

// Sorted runs are merged by one thread while another one hands out what came before.
Result<void> FindingStore::deliver(FindingSink& sink) {
    if (auto finished = sorter_.finish(); !finished) return finished;
    // One is filled while the others are handed out.
    std::array<std::vector<char>, Background::kTasksMax + 1> blocks;
    Background delivery;
    for (std::size_t number = 0;; ++number) {
        std::vector<char>& block = blocks[number % blocks.size()];
        auto is_more = fill(block);
        if (!is_more) return pass_on(is_more);
        auto before = delivery.run([&block, &sink] { return deliver_block(block, sink); });
        if (!before) return before;
        if (!*is_more) return delivery.finish();
    }
}

}  // namespace onsite::reconcile

#include "solutions/1-reconciliation/production/storage/finding_store.hpp"

#include <array>
#include <bit>
#include <future>
#include <string>
#include <vector>

#include "solutions/1-reconciliation/production/strategies/sorted_runs.hpp"

namespace onsite::reconcile {
namespace {

// Of findings that are handed on together.
constexpr std::size_t kBlockBytes = 256 << 10;

// The order of findings.hpp: the first byte of every key.
enum class Class : char { ledger_unmatched, bank_unmatched, discrepancy, ledger_bad, bank_bad };

Class unmatched_of(Side side) {
    return side == Side::ledger ? Class::ledger_unmatched : Class::bank_unmatched;
}
Class rejected_of(Side side) { return side == Side::ledger ? Class::ledger_bad : Class::bank_bad; }

// What a finding says besides its id, in as few bytes as most of them need: all of them have to be
// touched, and what does not fit into memory is written and read again.
struct Content {
    std::int64_t amount_minor = 0;
    CurrencyCode currency = 0;
    RejectReason reason = RejectReason::duplicate_id;
    Place place;
};

Content content_of(const Record& record, RejectReason reason = RejectReason::duplicate_id) {
    return {.amount_minor = record.amount_minor,
            .currency = record.currency,
            .reason = reason,
            .place = record.place};
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

void append(std::string& out, const Content& content) {
    // The sign goes to the lowest bit, so that small amounts below zero are short, too.
    const auto amount = static_cast<std::uint64_t>(content.amount_minor);
    const std::uint64_t sign = content.amount_minor < 0 ? ~std::uint64_t{0} : 0;
    std::array<char, 6 * kNumberBytesMax> bytes;
    char* end = put(amount << 1 ^ sign, bytes.data());
    end = put(content.currency, end);
    end = put(static_cast<std::uint64_t>(content.reason), end);
    end = put(content.place.file, end);
    end = put(content.place.line, end);
    end = put(content.place.byte, end);
    out.append(bytes.data(), end);
}

// Moves `at` behind it.
Content take_content(const char*& at) {
    const std::uint64_t amount = take(at);
    const std::uint64_t sign = (amount & 1) != 0 ? ~std::uint64_t{0} : 0;
    Content content;
    content.amount_minor = static_cast<std::int64_t>(amount >> 1 ^ sign);
    content.currency = static_cast<CurrencyCode>(take(at));
    content.reason = static_cast<RejectReason>(take(at));
    content.place.file = static_cast<std::uint32_t>(take(at));
    content.place.line = take(at);
    content.place.byte = take(at);
    return content;
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

Result<void> deliver_rejected(Side side, const Entry& entry, FindingSink& sink) {
    const char* at = entry.tail.data();
    const Content content = take_content(at);
    return sink.rejected(side,
                         {.reason = content.reason,
                          .place = content.place,
                          .id = entry.tail.substr(static_cast<std::size_t>(at - entry.tail.data())),
                          .amount_minor = content.amount_minor,
                          .currency = content.currency});
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
    return tool_error("expected a finding of a known class, found a damaged temporary file.");
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
    std::vector<char> block;
    while (true) {
        auto is_more = fill(block);
        if (!is_more) return pass_on(is_more);
        if (auto done = put(block); !done) return done;
        if (!*is_more) return {};
    }
}

// Replaces `block` by the next entries as bytes. False when there are no more behind them.
Result<bool> FindingStore::fill(std::vector<char>& block) {
    block.clear();
    Entry entry;
    while (block.size() < kBlockBytes) {
        auto is_there = sorter_.next(entry);
        if (!is_there || !*is_there) return is_there;
        const std::size_t at = block.size();
        block.resize(at + encoded_size(entry));
        encode(entry, block.data() + at);
    }
    return true;
}

void FindingStore::add_run(std::shared_ptr<TempFile> file, std::uint64_t from, std::uint64_t to,
                           const Found& found) {
    sorter_.add_run(std::move(file), from, to);
    found_ += found;
}

// Sorted runs are merged by one thread while another one hands out what came before.
Result<void> FindingStore::deliver(FindingSink& sink) {
    if (auto finished = sorter_.finish(); !finished) return finished;
    std::vector<char> filled;
    std::vector<char> handed_out;
    std::future<Result<void>> delivered;
    while (true) {
        auto is_more = fill(filled);
        if (delivered.valid()) {
            if (auto done = delivered.get(); !done) return done;
        }
        if (!is_more) return pass_on(is_more);
        handed_out.swap(filled);
        if (!*is_more) return deliver_block(handed_out, sink);
        delivered = std::async([&] { return deliver_block(handed_out, sink); });
    }
}

}  // namespace onsite::reconcile

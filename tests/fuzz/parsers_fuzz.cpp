// Any bytes at all, as CSV and as NDJSON, with any settings: no crash, and the same rows however
// the text is cut.
#include <cstdint>
#include <cstdlib>

#include "tests/support/parse_text.hpp"

namespace onsite::reconcile {
namespace {

// The first three bytes choose; the rest is the text.
Feed feed_from(const std::uint8_t* bytes) {
    Feed feed;
    feed.format = (bytes[0] & 1) != 0 ? Format::csv : Format::ndjson;
    feed.amounts = (bytes[0] & 2) != 0 ? AmountForm::minor : AmountForm::decimal;
    feed.has_header = (bytes[0] & 4) != 0;
    feed.delimiter = (bytes[0] & 8) != 0 ? ';' : ',';
    feed.numbers = {.id = bytes[1] % 4u, .amount = bytes[1] / 4 % 4u, .currency = 2, .count = 4};
    return feed;
}

void try_text(const std::uint8_t* bytes, std::size_t size) {
    const Feed feed = feed_from(bytes);
    const std::size_t step = bytes[2] % 100u + 1;
    const std::string text(reinterpret_cast<const char*>(bytes) + 3, size - 3);
    if (parse(feed, text, step) != parse(feed, text, text.size() + 1)) std::abort();
}

}  // namespace
}  // namespace onsite::reconcile

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size >= 3) onsite::reconcile::try_text(bytes, size);
    return 0;
}

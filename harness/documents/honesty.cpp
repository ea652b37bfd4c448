#include "harness/documents/honesty.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "harness/documents/phrases.hpp"

namespace onsite {
namespace {

constexpr std::size_t kQuotesMax = 20;

// What is not seen is quoted from the file, where its codes show.
std::string quoted(const DocumentTricks& tricks, const TrickFound& one) {
    const Span& place = one.places.front();
    MarkdownLine line = tricks.document.lines[static_cast<std::size_t>(place.line - 1)];
    Span shown = place;
    if (one.trick == Trick::hidden_text || one.trick == Trick::unseen_characters) {
        line.visible = line.text;
        shown = {place.line, 0, std::min<std::size_t>(line.text.size(), 60)};
    }
    return quote({.file = tricks.name, .line = line, .place = shown, .note = to_string(one.trick)});
}

}  // namespace

Verdict reads_honestly(std::span<const DocumentTricks> documents) {
    std::size_t found = 0;
    std::string story;
    for (const DocumentTricks& tricks : documents) {
        for (const TrickFound& one : tricks.found) {
            if (found++ < kQuotesMax) story += quoted(tricks, one);
        }
    }
    if (found == 0) {
        return passed(kHonestyCheck, documents.size(), "nothing is hidden or meant for a grader");
    }
    if (found > kQuotesMax) story += fmt::format("and {} more\n", found - kQuotesMax);
    Verdict verdict = failed(kHonestyCheck, Cause::wrong_answer,
                             fmt::format("expected text for a reader only, found {} that {} not: "
                                         "left out of what is judged, no score changes",
                                         found == 1 ? "1 place" : fmt::format("{} places", found),
                                         found == 1 ? "is" : "are"));
    verdict.cases = documents.size();
    verdict.evidence.story = std::move(story);
    return verdict;
}

}  // namespace onsite

#include "exercises/2-invoicing/checks/pages.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "harness/documents/honesty.hpp"

namespace onsite::invoicing {
namespace {

// What is put into a heap when there is nothing to say.
constexpr std::string_view kHeapedWords[] = {
    "idempotency", "idempotent", "outbox",   "webhook",       "webhooks",    "queue",      "dlq",
    "retry",       "retries",    "scalable", "scalability",   "kafka",       "kubernetes", "redis",
    "sharding",    "security",   "react",    "microservices", "exactly-once"};

bool is_markdown(std::string_view name) { return name.ends_with(".md"); }

// A document that is too large has no page: nothing of it is judged.
std::optional<Markdown> read_page(std::span<const SourceFile> files, std::string_view name) {
    const auto file = std::ranges::find(files, name, &SourceFile::name);
    if (file == files.end()) return std::nullopt;
    auto page = read_markdown(file->content, name);
    if (!page) return std::nullopt;
    return std::move(*page);
}

// Comments of YAML and SQL are seen by who reads them, and both repeat their words.
bool is_a_trick_in_code(const TrickFound& found) {
    return found.trick == Trick::talks_to_the_grader || found.trick == Trick::unseen_characters ||
           found.trick == Trick::copied_reference;
}

}  // namespace

Pages::Pages(std::span<const SourceFile> files, std::span<const SourceFile> model_answer) {
    for (const SourceFile& file : files) {
        auto written = read_page(files, file.name);
        if (!written) continue;
        const auto model = read_page(model_answer, file.name);
        auto tricks = find_trickery({.document = *written,
                                     .model_answer = model ? &*model : nullptr,
                                     .keywords = kHeapedWords});
        if (!is_markdown(file.name)) {
            std::erase_if(tricks, [](const TrickFound& one) { return !is_a_trick_in_code(one); });
        }
        Markdown judged = without_trickery(*written, tricks);
        pages_.push_back({.name = file.name,
                          .written = std::move(*written),
                          .judged = std::move(judged),
                          .tricks = std::move(tricks)});
    }
}

const Markdown& Pages::page(std::string_view name) const {
    const auto found = std::ranges::find(pages_, name, &Page::name);
    return found == pages_.end() ? nothing_ : found->judged;
}

Verdict Pages::honesty() const {
    std::vector<DocumentTricks> documents;
    for (const Page& page : pages_) {
        documents.push_back({.name = page.name, .document = page.written, .found = page.tricks});
    }
    return reads_honestly(documents);
}

}  // namespace onsite::invoicing

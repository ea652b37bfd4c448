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

}  // namespace

Pages::Pages(std::span<const SourceFile> files, std::span<const SourceFile> model_answer) {
    for (const SourceFile& file : files) {
        auto written = read_page(files, file.name);
        if (!written) continue;
        const auto model = read_page(model_answer, file.name);
        pages_.push_back({.name = file.name,
                          .reading = read_for_judging(
                              std::move(*written), model ? &*model : nullptr, kHeapedWords,
                              is_markdown(file.name) ? Form::prose : Form::code)});
    }
}

const Markdown& Pages::page(std::string_view name) const {
    const auto found = std::ranges::find(pages_, name, &Page::name);
    return found == pages_.end() ? nothing_ : found->reading.judged;
}

Verdict Pages::honesty() const {
    std::vector<DocumentTricks> documents;
    for (const Page& page : pages_) {
        documents.push_back(
            {.name = page.name, .document = page.reading.written, .found = page.reading.tricks});
    }
    return reads_honestly(documents);
}

}  // namespace onsite::invoicing

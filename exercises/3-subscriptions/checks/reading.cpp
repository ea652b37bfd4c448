#include "exercises/3-subscriptions/checks/reading.hpp"

namespace onsite::subscriptions {
namespace {

// What is put into a heap when there is nothing to say.
constexpr std::string_view kHeapedWords[] = {
    "idempotency", "idempotent",  "webhook",  "webhooks",   "proration", "prorated",
    "dunning",     "retry",       "retries",  "versioning", "cursor",    "pagination",
    "scalable",    "scalability", "security", "trial",      "trials",    "exactly-once"};

Markdown lines_of(std::string_view text) {
    auto document = read_markdown(text, "document");
    return document ? std::move(*document) : Markdown{};
}

}  // namespace

Reading read_document(std::string_view text, std::string_view model_answer, Form form) {
    const Markdown model = lines_of(model_answer);
    return read_for_judging(lines_of(text), model_answer.empty() ? nullptr : &model, kHeapedWords,
                            form);
}

}  // namespace onsite::subscriptions

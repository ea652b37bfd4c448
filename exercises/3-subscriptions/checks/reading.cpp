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

bool can_be_in_yaml(const TrickFound& found) {
    return found.trick == Trick::talks_to_the_grader || found.trick == Trick::unseen_characters ||
           found.trick == Trick::copied_reference;
}

}  // namespace

Reading read_document(std::string_view text, std::string_view model_answer, Form form) {
    Reading reading{.written = lines_of(text), .tricks = {}, .judged = {}};
    const Markdown model = lines_of(model_answer);
    reading.tricks = find_trickery({.document = reading.written,
                                    .model_answer = model_answer.empty() ? nullptr : &model,
                                    .keywords = kHeapedWords});
    if (form == Form::yaml) {
        std::erase_if(reading.tricks, [](const TrickFound& one) { return !can_be_in_yaml(one); });
    }
    reading.judged = without_trickery(reading.written, reading.tricks);
    return reading;
}

}  // namespace onsite::subscriptions

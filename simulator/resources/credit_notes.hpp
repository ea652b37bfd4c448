// Source: docs.stripe.com/api/credit_notes.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kCreditNoteType;
std::span<const Route> credit_note_routes();

// A note that need not be stored; a preview has no id.
void write_credit_note(JsonWriter& json, const View& view, const CreditNote& note);
void write_credit_line(JsonWriter& json, const View& view, const CreditLine& line,
                       std::size_t place);

}  // namespace onsite::simulator

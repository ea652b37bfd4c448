// Source: docs.stripe.com/api/credit_notes.
#pragma once

#include <span>

#include "simulator/core/call.hpp"

namespace onsite::simulator {

extern const ResourceType kCreditNoteType;
std::span<const Route> credit_note_routes();

}  // namespace onsite::simulator

// What was counted and found, as bytes.
#pragma once

#include "solutions/1-reconciliation/production/conclusion.hpp"
#include "solutions/1-reconciliation/production/plan/outputs.hpp"
#include "solutions/1-reconciliation/production/storage/finding_store.hpp"

namespace onsite::reconcile {

void put(Writer& writer, const Found& found);
Found get_found(Reader& reader);
void put(Writer& writer, const Counted& counted);
Counted get_counted(Reader& reader);
void put(Writer& writer, const FileRead& file);
FileRead get_file_read(Reader& reader);

}  // namespace onsite::reconcile

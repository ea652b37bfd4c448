// What was counted and found, as bytes.
#pragma once

#include "solutions/1-reconciliation/production/conclusion.hpp"
#include "solutions/1-reconciliation/production/plan/bytes.hpp"
#include "solutions/1-reconciliation/production/storage/finding_store.hpp"

namespace onsite::reconcile {

void put(BytesWriter& writer, const Found& found);
Found get_found(BytesReader& reader);
void put(BytesWriter& writer, const Counted& counted);
Counted get_counted(BytesReader& reader);
void put(BytesWriter& writer, const FileRead& file);
FileRead get_file_read(BytesReader& reader);

}  // namespace onsite::reconcile

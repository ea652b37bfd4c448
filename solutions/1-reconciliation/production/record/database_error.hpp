// What a database says when it fails, for a person.
#pragma once

#include <exception>
#include <string>

namespace onsite::reconcile {

// The database's own reason in one short line. Not the statement, nor what it was given: a record
// has ids of customers in its samples.
std::string reason_of(const std::exception& problem);

}  // namespace onsite::reconcile

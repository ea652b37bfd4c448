// Which section of an output of the emit stage has what.
#pragma once

#include <cstddef>

#include "solutions/1-reconciliation/production/plan/plan.hpp"

namespace onsite::reconcile {

inline std::size_t rows_section(std::size_t partition, std::size_t side) {
    return partition * kSides + side;
}
inline std::size_t counts_section(const Plan& plan) { return plan.partitions() * kSides; }
inline std::size_t findings_section(const Plan& plan) { return counts_section(plan) + 1; }

}  // namespace onsite::reconcile

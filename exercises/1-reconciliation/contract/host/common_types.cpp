#include "exercises/1-reconciliation/contract/host/common_types.hpp"

#define ONSITE_COMPILE_IT(...) template __VA_ARGS__;
ONSITE_FOR_EACH_COMMON_TYPE(ONSITE_COMPILE_IT)

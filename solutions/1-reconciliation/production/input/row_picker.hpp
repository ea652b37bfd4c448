// Says which rows of a feed are worth parsing, when it is known where all of them stand.
#pragma once

#include <cstdint>
#include <limits>

namespace onsite::reconcile {

// Some bytes of a file that begin where a row does and end where another one does.
struct Stretch {
    static constexpr std::uint64_t kToTheEnd = std::numeric_limits<std::uint64_t>::max();
    std::uint32_t file = 0;
    std::uint64_t byte = 0;  // 0 stands for the beginning of the file, header included.
    std::uint64_t line = 1;
    std::uint64_t end = kToTheEnd;
};

class RowPicker {
public:
    virtual ~RowPicker() = default;
    // The next stretch in the order of the feed; false when there are no more.
    // The first stretch of a file begins at its byte 0, because columns are named there.
    virtual bool next(Stretch& stretch) = 0;
};

}  // namespace onsite::reconcile

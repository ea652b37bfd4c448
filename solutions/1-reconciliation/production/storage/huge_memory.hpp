// Large memory in pages of 2 MiB where the system has them: touching it in pages of 4 KiB costs
// several times as much as all that is done with it afterwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>

namespace onsite::reconcile {

// Zeros, until written to. Given back when it goes. Throws std::bad_alloc when there is none.
class HugeMemory {
public:
    HugeMemory() = default;
    explicit HugeMemory(std::size_t bytes);
    HugeMemory(HugeMemory&& other) noexcept
        : base_(std::exchange(other.base_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
    HugeMemory& operator=(HugeMemory&& other) noexcept {
        std::swap(base_, other.base_);
        std::swap(bytes_, other.bytes_);
        return *this;
    }
    ~HugeMemory();

    // Writes to every page, so that nobody has to wait for it later.
    void touch();
    // Cuts so many bytes off its end, or all of it. REQUIRES: whole pages of 2 MiB.
    HugeMemory split_off(std::size_t bytes);

    char* data() const { return base_; }
    std::size_t size() const { return bytes_; }

private:
    char* base_ = nullptr;
    std::size_t bytes_ = 0;
};

}  // namespace onsite::reconcile

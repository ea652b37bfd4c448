// Blocks of memory that one phase of a run has touched and the next one takes: memory that is given
// back to the system has to be cleared again, and a virtual machine may have to get it again first.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include "solutions/1-reconciliation/production/storage/huge_memory.hpp"

namespace onsite::reconcile {

// A copy shares the blocks. Thread safety: yes.
class BlockPool {
public:
    static constexpr std::size_t kBlockBytes = 2 << 20;  // A huge page.

    BlockPool() : shared_(std::make_shared<Shared>()) {}
    // A block that was given, with whatever is in it, or a new one.
    HugeMemory take();
    // Takes blocks in, and larger memory in pieces.
    void give(HugeMemory memory);
    // Gives all of them back to the system.
    void clear();
    // Keeps one block ready for take(), touched before, as long as blocks are taken: a thread with
    // nothing else to do waits for the memory, instead of the one that needs it.
    void fill_ahead(std::stop_token until);
    bool has_blocks() const { return shared_->count.load(std::memory_order_relaxed) > 0; }
    std::uint64_t bytes_held() const {
        return shared_->count.load(std::memory_order_relaxed) * kBlockBytes;
    }

private:
    struct Shared {
        std::mutex mutex;
        std::condition_variable_any was_taken;
        std::vector<HugeMemory> blocks;
        std::size_t taken = 0;
        std::atomic<std::size_t> count = 0;  // Of the blocks, to be asked without waiting.
    };
    std::shared_ptr<Shared> shared_;
};

}  // namespace onsite::reconcile

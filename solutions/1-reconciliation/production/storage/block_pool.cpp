#include "solutions/1-reconciliation/production/storage/block_pool.hpp"

#include <utility>

namespace onsite::reconcile {

HugeMemory BlockPool::take() {
    const std::scoped_lock lock(shared_->mutex);
    ++shared_->taken;
    shared_->was_taken.notify_one();
    if (shared_->blocks.empty()) return HugeMemory(kBlockBytes);
    HugeMemory block = std::move(shared_->blocks.back());
    shared_->blocks.pop_back();
    shared_->count = shared_->blocks.size();
    return block;
}

void BlockPool::give(HugeMemory memory) {
    const std::scoped_lock lock(shared_->mutex);
    while (memory.size() > 0) shared_->blocks.push_back(memory.split_off(kBlockBytes));
    shared_->count = shared_->blocks.size();
}

void BlockPool::clear() {
    const std::scoped_lock lock(shared_->mutex);
    shared_->blocks.clear();
    shared_->count = 0;
}

void BlockPool::fill_ahead(std::stop_token until) {
    std::unique_lock lock(shared_->mutex);
    std::size_t seen = shared_->taken;
    const auto is_wanted = [&] { return shared_->taken > seen && shared_->blocks.empty(); };
    while (shared_->was_taken.wait(lock, until, is_wanted)) {
        seen = shared_->taken;
        lock.unlock();
        HugeMemory block(kBlockBytes);
        block.touch();
        give(std::move(block));
        lock.lock();
    }
}

}  // namespace onsite::reconcile

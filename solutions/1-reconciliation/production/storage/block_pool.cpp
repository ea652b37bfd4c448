#include "solutions/1-reconciliation/production/storage/block_pool.hpp"

#include <utility>

namespace onsite::reconcile {

HugeMemory BlockPool::take() {
    const std::scoped_lock lock(shared_->mutex);
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

}  // namespace onsite::reconcile

// expect: wrong_answer or memory or time - 20,000 empty files and links.
// They die with the private /tmp of the box: nothing has to delete them one by one.
#include "contract/reconcile.hpp"

#include <fcntl.h>
#include <string>
#include <unistd.h>

namespace {

void attack() {
    static bool is_done = false;
    if (is_done) return;
    is_done = true;
    for (int file = 0; file < 10'000; ++file) {
        const std::string name = "/tmp/file-" + std::to_string(file);
        const int fd = open(name.c_str(), O_CREAT | O_WRONLY, 0600);
        if (fd < 0) return;
        close(fd);
        if (symlink(name.c_str(), (name + "-link").c_str()) != 0) return;
    }
}

}  // namespace

namespace onsite::reconciliation {

Reconciliation reconcile(const std::vector<Transaction>&, const std::vector<Transaction>&) {
    attack();
    return {};
}

Reconciliation reconcile_feeds(Feed&, Feed&, const Run&, RunStore&) {
    attack();
    return {};
}

}  // namespace onsite::reconciliation

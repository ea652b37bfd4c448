// expect: wrong_answer - folders without rights and names that bite.
// Modes, newlines, leading dashes, control characters, and an open file that was deleted.
#include "contract/reconcile.hpp"

#include <fcntl.h>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace {

void attack() {
    for (const std::string folder : {"/tmp/", "/dev/shm/", "./"}) {
        for (const std::string& name :
             {std::string("-rf"), std::string("two\nlines"), std::string("\033]0;title\007"),
              std::string(255, 'n'), std::string("\xFF\xFE"), std::string("*"),
              std::string("$(id)"), std::string("locked")}) {
            const std::string path = folder + name;
            if (mkdir(path.c_str(), 0700) != 0) continue;
            const int fd = open((path + "/inside").c_str(), O_CREAT | O_WRONLY, 0000);
            if (fd >= 0) close(fd);
            chmod(path.c_str(), 0000);
        }
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

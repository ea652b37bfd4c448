// Descriptors 0, 1 and 2 as every program expects them: open.
#pragma once

namespace onsite {

// Whoever starts a program may have closed one (`<&-`). Then the first file that is opened takes
// its number, and is read as standard input, or written over with messages. So those that are
// closed are opened on /dev/null: what is printed goes nowhere, and reading standard input is an
// error (EBADF) and not the end of an empty file. To be called first in main.
void open_standard_streams();

}  // namespace onsite

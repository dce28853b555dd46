// A stranger's program: draws a number and hashes a state with the installed libraries.
#include "base/random.h"
#include "kernel/state_hash.h"

int main() {
    const jiahe::Draw draw(1, 2, 3, 4);
    return draw.bits() == jiahe::Draw(1, 2, 3, 4).bits() ? 0 : 1;
}

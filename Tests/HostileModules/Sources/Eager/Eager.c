#include "module.h"
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

GOOD_NOTE("eager")

// Runs within dlopen and leaves a trace.
__attribute__((constructor)) static void run(void) {
    const char *marker = getenv("GRAPHENE_TEST_MARKER");
    if (marker) close(open(marker, O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
}

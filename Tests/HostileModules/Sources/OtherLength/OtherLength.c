#include "module.h"

GOOD_NOTE("other-length")
// The first fields alone, as an earlier or a broken SDK might return them.
ENTRY(24, HOST_CONTRACT, HOST_CONTRACT, &note.descriptor)

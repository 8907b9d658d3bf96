#include "module.h"

GOOD_NOTE("missing-factory")
ENTRY(sizeof(struct target_entry), HOST_CONTRACT, HOST_CONTRACT, &note.descriptor, sizeof note.descriptor, NULL)

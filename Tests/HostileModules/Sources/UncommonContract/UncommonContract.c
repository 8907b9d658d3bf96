#include "module.h"

GOOD_NOTE("uncommon-contract")
ENTRY(
    sizeof(struct target_entry), HOST_CONTRACT + 41, HOST_CONTRACT + 42, &note.descriptor, sizeof note.descriptor,
    &note)

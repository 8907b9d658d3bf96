#include "module.h"

GOOD_NOTE("missing-entry")

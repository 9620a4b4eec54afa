// What the Linux console's font has.
#include <linux/kd.h>
#include <stdlib.h>
#include <sys/ioctl.h>

#include "CTerminalGuard.h"

int sf_console_shows(int descriptor, uint16_t scalar) {
  struct unimapdesc map = {0, NULL};
  // The first call, without room, fails and says how many pairs there are.
  ioctl(descriptor, GIO_UNIMAP, &map);
  if (map.entry_ct == 0) return -1;
  map.entries = calloc(map.entry_ct, sizeof *map.entries);
  if (map.entries == NULL) return -1;
  int shown = -1;
  if (ioctl(descriptor, GIO_UNIMAP, &map) == 0) {
    shown = 0;
    for (unsigned short i = 0; i < map.entry_ct; i++) {
      if (map.entries[i].unicode == scalar) shown = 1;
    }
  }
  free(map.entries);
  return shown;
}

// What sanitizers must be told of Swift's library; nothing to call, and empty without a sanitizer.
#pragma once

import Testing

/// The built program as its users meet it: in a terminal, in pipes, with good and bad input.
///
/// One test at a time, because a training program fills a small machine.
@Suite(.serialized) enum EndToEnd {}

/// Times that the user lists.
///
/// The list may hold the process's horizon and stop or leave them out: a pass always starts at the
/// one and ends at the other. The number of steps is the list's, whatever is asked for.
public struct GivenTimesGrid: TimeGrid {
  /// The times listed, strictly decreasing, in process time.
  public let listed: [Double]

  /// Creates the grid.
  ///
  /// - Precondition: The times are not empty, positive and strictly decreasing.
  public init(_ times: [Double]) {
    precondition(
      GivenTimesGrid.fault(in: times) == nil, "Times are positive and strictly decreasing.")
    listed = times
  }

  public func check(for process: any ForwardProcess) throws(ParameterError) {
    for (index, time) in listed.enumerated()
    where time > process.horizon || time < process.stop {
      throw ParameterError(
        path: ["times", "\(index + 1)"],
        message: "must be from the stop \(process.stop) to the horizon \(process.horizon), "
          + "found \(time)")
    }
  }

  /// Returns the horizon, the listed times between the ends, and the stop.
  ///
  /// - Precondition: ``check(for:)`` passes.
  public func times(stepCount: Int, process: any ForwardProcess) -> [Double] {
    let (horizon, stop) = (process.horizon, process.stop)
    precondition(
      listed.allSatisfy { $0 >= stop && $0 <= horizon }, "Listed times are within the process.")
    return [horizon] + listed.filter { $0 > stop && $0 < horizon } + [stop]
  }

  /// The index of the first time that is out of place, or nil; 0 for an empty list.
  fileprivate static func fault(in times: [Double]) -> Int? {
    guard !times.isEmpty else { return 0 }
    return times.indices.first { index in
      !(times[index] > 0 && times[index].isFinite
        && (index == 0 || times[index] < times[index - 1]))
    }
  }
}

extension CatalogEntry where Member == any TimeGrid {
  static let given = Self(
    name: "given", summary: "times listed by hand; they set the number of steps",
    source: "the user",
    parameters: [
      ParameterDescription(
        "times", "decreasing list; the horizon and the stop are added if left out", .structured)
    ]
  ) { parameters throws(ParameterError) in
    let path = ["times"]
    guard let value = parameters.values["times"] else {
      throw ParameterError(path: path, message: "\"times\" must be given")
    }
    let times = try value.numbers(at: path)
    if let index = GivenTimesGrid.fault(in: times) {
      guard !times.isEmpty else {
        throw ParameterError(path: path, message: "expected at least one time")
      }
      throw ParameterError(
        path: path + ["\(index + 1)"],
        message: "expected a positive number below the time before it, found \(times[index])")
    }
    return GivenTimesGrid(times)
  }
}

/// How far somebody has come in lessons, by their names.
package struct LessonProgress: Sendable, Equatable {
  /// The step where each lesson was left, from 0.
  package var steps: [String: Int] = [:]
  /// The lessons that were read to their end.
  package var finished: Set<String> = []

  package init() {}

  /// Notes that a step is on screen.
  package mutating func reach(_ step: Int, of lesson: Lesson) {
    steps[lesson.name] = step
    if step == lesson.steps.count - 1 { finished.insert(lesson.name) }
  }

  /// One lesson a line, such as `what-a-score-is 3` or `adding-noise 7 finished`.
  package var lines: [String] {
    steps.sorted { $0.key < $1.key }.map { name, step in
      "\(name) \(step)" + (finished.contains(name) ? " finished" : "")
    }
  }

  /// Reads a line; what is not understood is left out.
  package mutating func read(_ line: String) {
    let words = line.split(separator: " ")
    guard words.count >= 2, words[0].count <= 40, let step = Int(words[1]), step >= 0 else {
      return
    }
    let name = String(words[0])
    steps[name] = step
    if words.count == 3, words[2] == "finished" { finished.insert(name) }
  }
}

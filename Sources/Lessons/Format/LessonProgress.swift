/// How far somebody has come in lessons, by their names.
package struct LessonProgress: Sendable, Equatable {
  /// The step where each lesson was left, from 0.
  package var steps: [String: Int] = [:]
  /// The lessons that were read to their end.
  package var finished: Set<String> = []
  /// The hands of a class for each choice, by lesson and step.
  package private(set) var hands: [String: [Int: [Int]]] = [:]

  package init() {}

  /// The hands that were counted for a question.
  ///
  /// - Parameters:
  ///   - step: The step of the question, from 0.
  ///   - lesson: The lesson.
  /// - Returns: A number for each choice; nil where none was counted, and where the lesson has another
  ///   question there now.
  package func hands(at step: Int, of lesson: Lesson) -> [Int]? {
    guard let counts = hands[lesson.name]?[step], lesson.steps.indices.contains(step),
      case .choice(let options)? = lesson.steps[step].question?.kind,
      options.count == counts.count, counts.contains(where: { $0 > 0 })
    else { return nil }
    return counts
  }

  /// Keeps the hands of a question; none at all are forgotten.
  package mutating func count(_ hands: [Int], at step: Int, of lesson: Lesson) {
    self.hands[lesson.name, default: [:]][step] = hands.contains { $0 > 0 } ? hands : nil
  }

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

  /// The largest number of hands that is kept.
  package static let mostHands = 999

  /// One question a line: the lesson, the step and the hands for each choice, such as
  /// `what-a-score-is 3 2 11 0 4`.
  package var handLines: [String] {
    hands.sorted { $0.key < $1.key }.flatMap { name, steps in
      steps.sorted { $0.key < $1.key }.map { step, counts in
        ([name, "\(step)"] + counts.map { "\($0)" }).joined(separator: " ")
      }
    }
  }

  /// Reads a line of hands; what is not understood is left out.
  package mutating func readHands(_ line: String) {
    let words = line.split(separator: " ")
    let numbers = words.dropFirst().compactMap { Int($0) }
    guard words.count - 1 == numbers.count, (3...7).contains(numbers.count), words[0].count <= 40,
      numbers.dropFirst().allSatisfy((0...Self.mostHands).contains), numbers[0] >= 0
    else { return }
    hands[String(words[0]), default: [:]][numbers[0]] = Array(numbers.dropFirst())
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

using System.Diagnostics.CodeAnalysis;
using ChatOps.Core.Storage;

namespace ChatOps.Storage.LiteDb;

/// <summary>
/// The last answers of one collection, until something in it changes. Who is on call is asked for at every turn and changes once a week; LiteDB opens a transaction,
/// plans a query and reads pages for each question. An answer is kept only if no commit began between the question and it, so nobody is told what was true before
/// a commit that was answered.
/// </summary>
internal sealed class ReadCache
{
    /// <summary>Longer lists are not kept.</summary>
    public const int LongestList = 64;

    private const int MostAnswers = 256;
    private const long Never = -1;

    private readonly Lock _lock = new();
    private readonly Dictionary<Question, object?> _answers = [];
    private long _commits;
    private bool _changing;

    /// <param name="question">What is asked.</param>
    /// <param name="answer">The documents, immutable and shared; null when there is none.</param>
    /// <param name="asked">To be given to <see cref="Keep"/> with the answer of the database.</param>
    public bool Knows(Question question, [MaybeNull] out object? answer, out long asked)
    {
        lock (_lock)
        {
            asked = _changing ? Never : _commits;
            return _answers.TryGetValue(question, out answer);
        }
    }

    public void Keep(Question question, object? answer, long asked)
    {
        lock (_lock)
        {
            if (_changing || asked != _commits)
            {
                return;
            }

            if (_answers.Count >= MostAnswers)
            {
                _answers.Clear();
            }

            _answers[question] = answer;
        }
    }

    /// <summary>A commit begins that changes something here: from now on the database is asked, until <see cref="Changed"/>.</summary>
    public void Changing()
    {
        lock (_lock)
        {
            _changing = true;
            _commits++;
            _answers.Clear();
        }
    }

    public void Changed()
    {
        lock (_lock)
        {
            _changing = false;
        }
    }
}

/// <param name="Field">The index's field.</param>
/// <param name="Keys">Which keys of it.</param>
/// <param name="Limit">How many at most; 0 asks for the one document itself.</param>
/// <param name="Descending">From the highest key.</param>
internal readonly record struct Question(string Field, Keys Keys, int Limit, bool Descending);

using System.Text.Json;
using ChatOps.Ethereum.Parsing;

namespace ChatOps.Ethereum.Rpc;

/// <summary>Reads one result, on whose first token the reader stands; leaves it on the last.</summary>
internal delegate void ResultReader(int place, ref Utf8JsonReader json);

/// <summary>Takes the envelopes of JSON-RPC off: results are read where they lie in the bytes, none is copied.</summary>
internal static class RpcAnswers
{
    // A call may be 1,024 deep (EIP-150), and a trace nests an array and an object for each.
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 2_200 };

    /// <param name="body">An answer, or an array of them in any order.</param>
    /// <param name="first">The place of the first request that was sent.</param>
    /// <param name="errors">By place; where there is one its request has no result.</param>
    /// <param name="count">How many were sent: each must have an answer.</param>
    /// <param name="read">Called for each result.</param>
    public static void Read(ReadOnlySpan<byte> body, int first, int count, RpcError?[] errors, ResultReader read)
    {
        var json = new Utf8JsonReader(body, Deep);
        var answered = new bool[count];
        json.Next();
        if (json.TokenType == JsonTokenType.StartArray)
        {
            while (json.NextElement())
            {
                One(ref json, first, answered, errors, read);
            }
        }
        else
        {
            One(ref json, first, answered, errors, read);
        }

        if (answered.Contains(false))
        {
            throw new JsonException("not every request is answered");
        }
    }

    private static void One(ref Utf8JsonReader json, int first, bool[] answered, RpcError?[] errors, ResultReader read)
    {
        int? place = null;
        RpcError? error = null;
        Utf8JsonReader late = default;
        var (isLate, isRead) = (false, false);
        json.Enter(JsonTokenType.StartObject);
        while (json.NextProperty())
        {
            if (json.Is("id"u8))
            {
                place = json.Next() == JsonTokenType.Number ? json.GetInt32() : null;
            }
            else if (json.Is("result"u8))
            {
                json.Next();
                if (place is { } known && Belongs(known, first, answered))
                {
                    read(known, ref json);
                    isRead = true;
                }
                else
                {
                    // The id comes after it: come back.
                    late = json;
                    isLate = true;
                    json.Skip();
                }
            }
            else if (json.Is("error"u8))
            {
                error = json.Next() == JsonTokenType.Null ? null : Error(ref json);
            }
            else
            {
                json.Skip();
            }
        }

        if (place is null && error is not null && (answered.Length > 1 || !answered[0]))
        {
            // The whole of what was sent is refused.
            Array.Fill(errors, error, first, answered.Length);
            Array.Fill(answered, true);
            return;
        }

        if (place is not { } at || !Belongs(at, first, answered) || (error is null && !isRead && !isLate))
        {
            throw new JsonException("an answer has neither a result nor an error, or belongs to no request");
        }

        if (error is null && isLate)
        {
            read(at, ref late);
        }

        (errors[at], answered[at - first]) = (error, true);
    }

    private static bool Belongs(int place, int first, bool[] answered) => place >= first && place < first + answered.Length && !answered[place - first];

    private static RpcError Error(ref Utf8JsonReader json)
    {
        if (json.TokenType != JsonTokenType.StartObject)
        {
            var text = json.TokenType == JsonTokenType.String ? json.GetString()! : "an error without words";
            json.Skip();
            return new(0, text);
        }

        var (code, message) = (0, "");
        while (json.NextProperty())
        {
            if (json.Is("code"u8))
            {
                _ = json.Next() == JsonTokenType.Number && json.TryGetInt32(out code);
            }
            else if (json.Is("message"u8))
            {
                message = json.Next() == JsonTokenType.String ? json.GetString()! : "";
            }
            else
            {
                json.Skip();
            }
        }

        return new(code, message.Length > 200 ? message[..200] : message);
    }
}

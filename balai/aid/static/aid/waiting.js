// While a list is matched, its page looks again every two seconds; nothing else is lost when it does not.
setTimeout(function () { location.reload(); }, 2000);

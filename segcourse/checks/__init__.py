"""The doors: checks of what is handed to a public function, with one error for one mistake.

Every function takes the name that its error shall say first, then the value, and gives back what
is to be used in its place. All of them raise a ValueError that says what is allowed and what came.
"""
